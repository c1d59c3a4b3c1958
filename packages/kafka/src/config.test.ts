import { expect, test } from 'vitest'
import { readPatches } from './config.ts'

test.each([
  [undefined, ['produce-request', 'grouping', 'idle-timer']],
  ['all', ['produce-request', 'grouping', 'idle-timer']],
  ['none', []],
  ['idle-timer', ['idle-timer']],
  ['idle-timer, produce-request', ['produce-request', 'idle-timer']],
])('KAFKAJS_PATCHES=%s', (value, expected) => {
  expect([...readPatches('KAFKAJS_PATCHES', value)]).toEqual(expected)
})

test('an unknown patch is an error', () => {
  expect(() => readPatches('KAFKAJS_PATCHES', 'idle-timer,murmur2')).toThrow(
    'KAFKAJS_PATCHES must be all, none, or some of produce-request, grouping, idle-timer',
  )
})
