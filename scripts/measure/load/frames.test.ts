import { expect, test } from 'vitest'
import { readAnswers } from './answer.ts'
import { framed, payloadReader } from './frames.ts'

test.each([1, 2, 3, 1000])('answers are read whatever the chunks: %i bytes at a time', (size) => {
  const wire = Buffer.concat([framed(Buffer.from('one')), framed(Buffer.from('two'))])
  const read = payloadReader()
  const chunks = Array.from({ length: Math.ceil(wire.length / size) }, (_, index) =>
    wire.subarray(index * size, (index + 1) * size),
  )
  expect(chunks.flatMap(read).map(String)).toEqual(['one', 'two'])
})

test('an answer has code, control id and the first error', () => {
  const payload = Buffer.from(
    'MSH|^~\\&|T|||||ACK|9|P|2.4\rMSA|AR|77\rERR||MSH^1^10|101^Required field missing^HL70357|E\r',
  )
  expect(readAnswers(payload)).toEqual([
    { code: 'AR', controlId: '77', error: '101', place: 'MSH^1^10' },
  ])
})

test('the separators of the message are used', () => {
  const payload = Buffer.from(
    'MSH|#~\\&|T|||||ACK|9|P|2.4\rMSA|AR|77\rERR||MSH#1#10|101#Required field missing#HL70357|E\r',
  )
  expect(readAnswers(payload)).toMatchObject([{ error: '101', place: 'MSH^1^10' }])
})
