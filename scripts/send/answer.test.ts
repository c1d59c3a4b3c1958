import { expect, test } from 'vitest'
import { readAnswer } from './answer.ts'

test('an acceptance has a code and names what it answers', () => {
  expect(readAnswer('MSH|^~\\&|TIDEWAY||PAS||20261122||ACK^A01|9|P|2.4\rMSA|AA|C1')).toEqual({ code: 'AA', controlId: 'C1', errors: '' })
})

test('a refusal says where and why', () => {
  const answer = readAnswer('MSH|^~\\&|TIDEWAY||PAS||20261122||ACK|9|P|2.5\rMSA|AR|C1\rERR||MSH^1^4|204^Unknown key identifier^HL70357|E')
  expect(answer).toMatchObject({ code: 'AR', errors: 'MSH^1^4 204^Unknown key identifier^HL70357' })
})

test('what is no acknowledgement is none', () => {
  expect([readAnswer('hello'), readAnswer('MSH|^~\\&|A|B\rPID|1')]).toEqual([null, null])
})
