import { expect, test } from 'vitest'
import { hourOfWeek } from './hour-of-week.ts'

const of = (time: string) => hourOfWeek(Date.parse(time), 'Europe/London')

test('Monday begins the week, and the clocks of the zone count', () => {
  const monday = of('2026-11-30T00:10:00Z')
  expect(monday.hour).toBe(0)
  expect(of('2026-11-29T23:59:00Z')).toEqual({ hour: 167, week: monday.week - 1 })
  expect(of('2026-12-01T06:00:00Z')).toEqual({ hour: 30, week: monday.week })
  expect(of('2026-07-06T05:00:00Z').hour).toBe(6)
})

test('a morning keeps its hour when the clocks change', () => {
  expect(of('2026-10-23T05:30:00Z').hour).toBe(of('2026-10-30T06:30:00Z').hour)
})
