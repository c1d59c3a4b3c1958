import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('no part named means all, and names may be joined', () => {
  expect(readOptions([]).has('queries')).toBe(true)
  const some = readOptions(['ack|queries'])
  expect([some.has('ack'), some.has('queries'), some.has('growth')]).toEqual([true, true, false])
})

test('sizes grow by ten up to the one asked for', () => {
  const { settings, messages } = readOptions(['--patients', '20000', '--messages', '50000'])
  expect(settings.patientSizes).toEqual([1_000, 10_000, 20_000])
  expect(messages).toBe(50_000)
})

test('an unknown option is refused', () => {
  expect(() => readOptions(['--second', '8'])).toThrow("unknown option '--second'")
})
