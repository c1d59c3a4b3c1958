import { expect, test } from 'vitest'
import { isMessageIdOf, messageIdOf, patientKeyOf, publicId } from './public-id.ts'

test('the same bytes from the same sender have the same id, from another sender another', () => {
  const bytes = Buffer.from('MSH|^~\\&|')
  expect(messageIdOf('RJZ', bytes)).toBe(messageIdOf('RJZ', Buffer.from(bytes)))
  expect(messageIdOf('RJ1', bytes)).not.toBe(messageIdOf('RJZ', bytes))
  expect(messageIdOf('RJZ', bytes)).toMatch(/^[0-9a-f]{32}$/)
})

test('without a time of its own the id is of the receive time too; either can be checked', () => {
  const bytes = Buffer.from('MSH|^~\\&|')
  const [timed, first, again] = [null, 1, 2].map((at) => messageIdOf('RJZ', bytes, at))
  expect(new Set([timed, first, again]).size).toBe(3)
  expect([timed, first, again].map((id) => isMessageIdOf(id as string, 'RJZ', bytes, 1))).toEqual([
    true,
    true,
    false,
  ])
  expect(isMessageIdOf(first as string, 'RJ1', bytes, 1)).toBe(false)
})

test('a public id tells neither organisation nor identifier and fits an address', () => {
  const id = publicId(patientKeyOf('RJZ', '1234567'))
  expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(id).not.toContain('1234567')
})
