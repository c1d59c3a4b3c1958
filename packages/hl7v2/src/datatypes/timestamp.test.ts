import { instantIn } from '@tideway/time/iso-time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf } from './timestamp.ts'

const london = 'Europe/London'

test.each([
  ['2026', '2026'],
  ['202607', '2026-07'],
  ['20260701', '2026-07-01'],
  ['2026070109', '2026-07-01'],
  ['202607010915', '2026-07-01T09:15+01:00'],
  ['20260701091530', '2026-07-01T09:15:30+01:00'],
  ['20260701091530.2500', '2026-07-01T09:15:30.2500+01:00'],
  ['20260701091530.', '2026-07-01T09:15:30+01:00'],
  ['202601010915', '2026-01-01T09:15+00:00'],
  ['202607010915-0500', '2026-07-01T09:15-05:00'],
  ['20260701091530.25+0530', '2026-07-01T09:15:30.25+05:30'],
  ['20240229', '2024-02-29'],
  [' 20260701 ', '2026-07-01'],
  ['19450000', '1945'],
  ['194500', '1945'],
  ['19450000000000', '1945'],
  ['19450000000000.000+0000', '1945'],
  ['20260700', '2026-07'],
  ['20260700000000', '2026-07'],
  ['20000101+', '2000-01-01'],
  ['2000+', '2000'],
  ['202607010915-', '2026-07-01T09:15+01:00'],
  ['20260831143134920350', '2026-08-31T14:31:34+01:00'],
  ['202608311431349', '2026-08-31T14:31:34+01:00'],
  ['20260831143134920-0500', '2026-08-31T14:31:34-05:00'],
  ['202607012400', '2026-07-02T00:00+01:00'],
  ['20261231240000', '2027-01-01T00:00:00+00:00'],
  ['20240228240000.000+0000', '2024-02-29T00:00:00.000+00:00'],
  ['202610242400', '2026-10-25T00:00+01:00'],
  ['2026070124', '2026-07-02'],
])('%s is %s', (sent, iso) => expect(isoOf(sent, london)).toBe(iso))

test.each([
  '',
  '""',
  '20260230',
  '20230229',
  '19000229',
  '20261301',
  '20260732',
  '00000000',
  '0000000000',
  '19450012',
  '20260700091500',
  '20261300',
  '00000101',
  '202607012460',
  '202607012401',
  '20260701240001',
  '202602302400',
  '2026070109153012345678901',
  '20260701091560',
  '2026-07-01',
  '01/07/2026',
  '20260701 0915',
  '202607010915+2500',
  '202607010915+0075',
  '202607010915+1459',
  '202607010915-1401',
  '2026070',
  'now',
  '202607010915Z',
])('%j is not a timestamp', (sent) => expect(isoOf(sent, london)).toBeNull())

test('a fixed offset applies at any time of the year', () => {
  expect(isoOf('202607010915', '+00:00')).toBe('2026-07-01T09:15+00:00')
  expect(isoOf('202601012400', '-05:00')).toBe('2026-01-02T00:00-05:00')
  expect(isoOf('202607010915+0200', '+00:00')).toBe('2026-07-01T09:15+02:00')
  expect(isoOf('20260701', '+00:00')).toBe('2026-07-01')
})

test('in the repeated hour the first, in summer time, is assumed', () => {
  expect(isoOf('20261025003000', london)).toBe('2026-10-25T00:30:00+01:00')
  expect(isoOf('20261025013000', london)).toBe('2026-10-25T01:30:00+01:00')
  expect(isoOf('20261025020000', london)).toBe('2026-10-25T02:00:00+00:00')
})

test('in the skipped hour the offset before the change is assumed', () => {
  expect(isoOf('20260329005900', london)).toBe('2026-03-29T00:59:00+00:00')
  expect(isoOf('20260329013000', london)).toBe('2026-03-29T01:30:00+00:00')
  expect(isoOf('20260329020000', london)).toBe('2026-03-29T02:00:00+01:00')
})

test('other time zones have their own rules', () => {
  expect(isoOf('20260405023000', 'Australia/Sydney')).toBe('2026-04-05T02:30:00+11:00')
  expect(isoOf('20261004023000', 'Australia/Sydney')).toBe('2026-10-04T02:30:00+10:00')
  expect(isoOf('202607010915', 'America/St_Johns')).toBe('2026-07-01T09:15-02:30')
  expect(isoOf('202607010915', 'UTC')).toBe('2026-07-01T09:15+00:00')
})

test('British Standard Time in 1970 was an hour ahead all year', () => {
  expect(isoOf('197001011200', london)).toBe('1970-01-01T12:00+01:00')
})

test.each([
  ['2026-07-01T09:15:30.2504+01:00', Date.UTC(2026, 6, 1, 8, 15, 30, 250)],
  ['2026-07-01T09:15+01:00', Date.UTC(2026, 6, 1, 8, 15)],
  ['2026-07-01', Date.UTC(2026, 5, 30, 23)],
  ['2026-07', Date.UTC(2026, 5, 30, 23)],
  ['2026', Date.UTC(2026, 0, 1)],
])('%s is an instant', (iso, instant) => expect(instantIn(iso, london)).toBe(instant))

test('any instant of a century round-trips through its wall time, except in the repeated hour', () => {
  const instants = fc
    .integer({ min: Date.UTC(1973, 0), max: Date.UTC(2036, 0) })
    .map((ms) => ms - (ms % 60_000))
  const wall = (instant: number) =>
    new Date(instant).toLocaleString('sv-SE', { timeZone: london }).replaceAll(/\D/g, '')
  fc.assert(
    fc.property(instants, (instant) => {
      const back = instantIn(isoOf(wall(instant), london) as string, london)
      expect(
        back === instant || (back === instant - 3_600_000 && wall(back) === wall(instant)),
      ).toBe(true)
    }),
    { numRuns: 500 },
  )
})
