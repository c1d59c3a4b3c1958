import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collectionDay } from './reports.ts'

const inLondon = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })

test('the day of collection is that of London, at any time of any year', () => {
  const [min, max] = [new Date('1930-01-01T00:00:00Z'), new Date('2060-01-01T00:00:00Z')]
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (at) => {
      expect(collectionDay(at.toISOString())).toBe(inLondon.format(at))
    }),
    {
      numRuns: 2_000,
      examples: ['2026-07-01T22:59:59.999Z', '2026-07-01T23:00:00Z', '2026-01-01T23:30:00Z'].map(
        (text) => [new Date(text)],
      ),
    },
  )
})
