import { expect, test } from 'vitest'
import { receivedOf, sentAtOf, versionOf } from './version.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const micros = (ms: number) => ms * 1000

test('message time decides before receive order', () => {
  const delayed = versionOf(noon - 60_000, micros(noon))
  const prompt = versionOf(noon - 30_000, micros(noon - 29_000))
  expect(prompt > delayed).toBe(true)
})

test('receive order decides between equal message times', () => {
  expect(versionOf(noon, micros(noon) + 1) > versionOf(noon, micros(noon))).toBe(true)
})

test('a message without a time counts as made when received', () => {
  expect(versionOf(null, micros(noon)) > versionOf(noon - 1, micros(noon) + 5)).toBe(true)
  expect(versionOf(null, micros(noon)) < versionOf(noon + 1, micros(noon + 2))).toBe(true)
})

test('a clock years ahead does not block later corrections', () => {
  const fromTheFuture = versionOf(Date.UTC(2099, 0, 1), micros(noon))
  const corrected = versionOf(noon + 3_600_000, micros(noon + 3_600_000))
  expect(corrected > fromTheFuture).toBe(true)
})

test('a clock minutes ahead is believed', () => {
  const ahead = versionOf(noon + 60_000, micros(noon))
  expect(ahead > versionOf(noon + 30_000, micros(noon + 30_000))).toBe(true)
})

test('text order is time order across the years', () => {
  const years = [1899, 1970, 1999, 2026, 2060].map((year) =>
    versionOf(Date.UTC(year, 0), micros(Date.UTC(2060, 0))),
  )
  expect([...years].sort()).toEqual(years)
})

test('both times can be read back', () => {
  const version = versionOf(noon, micros(noon) + 7)
  expect([sentAtOf(version), receivedOf(version)]).toEqual([noon, micros(noon) + 7])
})

test('versions of the former layout are still read and rank by message time', () => {
  const former = '0mo4bqf40.0mo4bqf40.0hw2j8hog00'
  const [sent, received] = [sentAtOf(former), receivedOf(former)]
  expect(sent).toBe(Number.parseInt('0mo4bqf40', 36))
  expect(received).toBe(Number.parseInt('0hw2j8hog00', 36))
  expect(versionOf(sent, received) > former).toBe(true)
  expect(versionOf(sent + 1, received) > former).toBe(true)
  expect(versionOf(sent - 1, received) < former).toBe(true)
})
