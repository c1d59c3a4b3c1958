import { expect, test } from 'vitest'
import { repeatedHourReader } from './repeated-hour.ts'

const read = (...times: string[]) => times.map(repeatedHourReader())

test('a time earlier than one stated before it is in the second of the two hours', () => {
  expect(read('2025-10-26T01:50+01:00', '2025-10-26T01:10+01:00')).toEqual([
    '2025-10-26T01:50+01:00',
    '2025-10-26T01:10+00:00',
  ])
})

test('once in the second hour, times stay there until one fits the first no better', () => {
  expect(
    read('2025-10-26T01:30+01:00', '2025-10-26T01:20+01:00', '2025-10-26T01:40:15.5+01:00'),
  ).toEqual(['2025-10-26T01:30+01:00', '2025-10-26T01:20+00:00', '2025-10-26T01:40:15.5+00:00'])
})

test('times in order, of another hour, of another day or with an offset of their own stay', () => {
  const times = [
    '2025-10-26T01:10+01:00',
    '2025-10-26T01:50+01:00',
    '2025-10-26T01:05+00:00',
    '2025-10-26T00:30+01:00',
    '2025-10-26T02:30+00:00',
    '2025-10-25T01:30+01:00',
    '2025-10-26',
  ]
  expect(read(...times)).toEqual(times)
})

test('times of two things do not tell of each other', () => {
  const [one, other] = [repeatedHourReader(), repeatedHourReader()]
  expect([one('2025-10-26T01:50+01:00'), other('2025-10-26T01:10+01:00')]).toEqual([
    '2025-10-26T01:50+01:00',
    '2025-10-26T01:10+01:00',
  ])
})
