import { expect, test } from 'vitest'
import { versionOf } from './version.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const micros = (ms: number) => ms * 1000

test('what the statement says of itself decides before when it was sent', () => {
  const older = versionOf(noon - 60_000, noon, micros(noon) + 9)
  const newer = versionOf(noon - 30_000, noon - 20_000, micros(noon) + 1)
  expect(newer > older).toBe(true)
})

test('when it was sent decides before when it was received', () => {
  const delayed = versionOf(null, noon - 60_000, micros(noon))
  const prompt = versionOf(null, noon - 30_000, micros(noon - 29_000))
  expect(prompt > delayed).toBe(true)
})

test('receive order decides where all else is equal', () => {
  expect(versionOf(null, noon, micros(noon) + 1) > versionOf(null, noon, micros(noon))).toBe(true)
})

test('a clock years ahead does not bar later corrections', () => {
  const fromTheFuture = versionOf(null, Date.UTC(2099, 0, 1), micros(noon))
  const corrected = versionOf(null, noon + 3_600_000, micros(noon + 3_600_000))
  expect(corrected > fromTheFuture).toBe(true)
})

test('a clock minutes ahead is believed', () => {
  const ahead = versionOf(null, noon + 60_000, micros(noon))
  expect(ahead > versionOf(null, noon + 30_000, micros(noon + 30_000))).toBe(true)
})

test('text order is time order across the years', () => {
  const years = [1899, 1970, 1999, 2026, 2060].map((year) =>
    versionOf(Date.UTC(year, 0), null, micros(Date.UTC(2060, 0))),
  )
  expect([...years].sort()).toEqual(years)
})
