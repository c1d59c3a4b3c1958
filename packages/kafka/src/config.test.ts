import { expect, test } from 'vitest'
import { readPatches } from './config.ts'

test.each([
  [undefined, ['produce-request', 'idle-timer']],
  ['all', ['produce-request', 'idle-timer']],
  ['none', []],
  ['idle-timer', ['idle-timer']],
  ['idle-timer, produce-request', ['idle-timer', 'produce-request']],
])('KAFKAJS_PATCHES=%s', (setting, patches) => {
  expect([...readPatches(setting)]).toEqual(patches)
})

test('an unknown patch is an error', () => {
  expect(() => readPatches('idle-timer,grouping')).toThrow(
    'KAFKAJS_PATCHES must be all, none, or some of produce-request, idle-timer',
  )
})
