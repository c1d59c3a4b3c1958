import fc from 'fast-check'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { evolveEntry } from './entry.ts'
import { event, observation, result } from './histories.fixture.ts'
import { countIn, notShownIn } from './not-shown.ts'

const body = result([observation('F', '4')], { reportId: 'R1' })

/** A statement about one report that leaves so many values unread. */
const told = (minute: number, count: number, more: Partial<PatientEvent> = {}): PatientEvent => ({
  ...event(body, minute),
  notShown:
    count === 0
      ? null
      : { count, places: Array.from({ length: count }, (_, n) => `OBX[${n + 1}]-29`) },
  ...more,
})

const entryAfter = (...events: PatientEvent[]): Entry =>
  events.reduce<Entry | null>(evolveEntry, null) as Entry
const countAfter = (...events: PatientEvent[]): number => countIn(notShownIn(entryAfter(...events)))

test('an entry counts what its message does not say', () => {
  expect(notShownIn(entryAfter(told(1, 2)))).toMatchObject([
    { count: 2, places: ['OBX[1]-29', 'OBX[2]-29'] },
  ])
  expect(entryAfter(told(1, 0))).not.toHaveProperty('notShown')
})

test('the latest statement of a sender decides', () => {
  expect(countAfter(told(1, 2), told(2, 0))).toBe(0)
  expect(countAfter(told(1, 2), told(2, 1))).toBe(1)
  expect(countAfter(told(1, 0), told(2, 3))).toBe(3)
})

test('an older statement that comes late changes nothing', () => {
  expect(countAfter(told(2, 0), told(1, 2))).toBe(0)
  expect(countAfter(told(2, 1), told(1, 2))).toBe(1)
})

test('another sender clears only its own', () => {
  expect(countAfter(told(1, 2), told(2, 0, { source: 'XL1' }))).toBe(2)
  expect(countAfter(told(1, 2), told(2, 3, { source: 'XL1' }))).toBe(5)
})

test('two events of one message add up, and the same again changes nothing', () => {
  const [first, second] = [
    told(1, 2, { id: 'm.1', place: 'OBR[1]' }),
    told(1, 1, { id: 'm.2', place: 'OBR[2]' }),
  ]
  expect(countAfter(first, second)).toBe(3)
  expect(entryAfter(first, second, first, second)).toEqual(entryAfter(first, second))
})

test('the message read again with a better mapping clears it', () => {
  expect(countAfter(told(1, 2), { ...told(1, 2), notShown: null })).toBe(0)
})

test('an entry that was withdrawn has nothing left to show', () => {
  const withdrawn = result([observation('D', null)], {
    reportId: 'R1',
    status: 'entered-in-error',
    statusAsSent: 'entered-in-error',
  })
  expect(countAfter(told(1, 2), { ...told(2, 2), body: withdrawn })).toBe(0)
})

test('what is counted does not depend on the order in which the messages come', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.record({ minute: fc.nat(6), count: fc.nat(3), lab: fc.boolean() }), {
          minLength: 1,
          maxLength: 7,
        })
        .chain((all) => {
          const events = all.map(({ minute, count, lab }, n) => {
            const one = told(minute, count, { source: lab ? 'XL1' : 'X99' })
            return { ...one, messageId: `m${n}`, id: `m${n}.0` }
          })
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
          )
        }),
      ([events, shuffled]) => {
        expect(entryAfter(...shuffled).notShown).toEqual(entryAfter(...events).notShown)
      },
    ),
    { numRuns: 1_000 },
  )
})
