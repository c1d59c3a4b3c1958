import { expect, test } from 'vitest'
import {
  generationKeyOf,
  generationOf,
  identifierIn,
  isMessageIdOf,
  isPlaceholderKey,
  messageIdOf,
  numberKeyOf,
  patientKeyOf,
  placeholderKeyOf,
  publicId,
  standInKeyOf,
  topicKeyAsNow,
} from './public-id.ts'

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

test('a later person with a number has a key of its own, and the identifier is that of the number', () => {
  for (const number of [
    patientKeyOf('RJZ', '123'),
    patientKeyOf('RJZ', '12|3~2'),
    standInKeyOf('RJZ', '0123456789abcdef'),
  ])
    for (const generation of [1, 2, 3, 12]) {
      const key = generationKeyOf(number, generation)
      expect([numberKeyOf(key), generationOf(key)]).toEqual([number, generation])
      expect(identifierIn(key)).toBe(identifierIn(number))
      expect(publicId(key) === publicId(number)).toBe(generation === 1)
    }
})

test('an identifier that ends like a later person is that of a first one', () => {
  for (const identifier of ['123~2', '123~1', '~2', '12~34', '1~2~3', 'a~2b', '123~', '\\R\\2']) {
    const key = patientKeyOf('RJZ', identifier)
    expect([generationOf(key), numberKeyOf(key), identifierIn(key)]).toEqual([1, key, identifier])
    expect(topicKeyAsNow(key)).toBe(key)
  }
  expect(patientKeyOf('RJZ', 'a~2b')).toBe('RJZ|a~2b')
  expect(topicKeyAsNow('RJZ|123~2')).toBe(patientKeyOf('RJZ', '123~2'))
})

test('an identifier is never taken for a stand-in', () => {
  const key = placeholderKeyOf('RJZ', 'm1', '1')
  const own = patientKeyOf('RJZ', identifierIn(key))
  expect([isPlaceholderKey(key), isPlaceholderKey(own), own === key]).toEqual([true, false, false])
  expect(identifierIn(own)).toBe(identifierIn(key))
})
