import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ofFhir, ofHl7 } from './numbered-events.fixture.ts'
import { kinds } from './numbered-kinds.fixture.ts'

/** The entry after these events in this order. */
const entryOf = (events: readonly PatientEvent[]): Omit<Entry, 'version'> | null => {
  const entry = events.reduce<Entry | null>((before, event) => evolveEntry(before, event), null)
  if (entry === null) return null
  const { version: _, ...rest } = entry
  return rest
}

const minuteMs = 60_000
const at = (event: PatientEvent, minute: number): PatientEvent => ({
  ...event,
  id: `m${minute}.0`,
  messageId: `m${minute}`,
  sentAt: minute * minuteMs,
  receivedAt: minute * minuteMs * 1_000,
})

test.each(Object.entries(kinds))(
  '%s: HL7 v2 and FHIR give one entry, in any order',
  (_, { type, segments, resource, isCx }) => {
    const number = isCx === true ? '7^^^X99' : '7'
    const [hl7, fhir] = [
      ofHl7(type, 'X99', segments(number)),
      ofFhir('X99', resource({ value: '7' })),
    ].map((events) => events.find((event) => entryIdIn(event) !== null)) as [
      PatientEvent,
      PatientEvent,
    ]
    const events = [at(hl7, 1), at(fhir, 2), at(hl7, 3), at(fhir, 4)]
    const expected = entryOf(events)
    expect(new Set(expected?.origins.map(({ message }) => message))).toContain('m4')
    const orders = fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.array(fc.constantFrom(...events), { maxLength: 3 }),
      )
      .map(([all, again]) => [...all, ...again])
    fc.assert(
      fc.property(orders, (order) => {
        expect(entryOf(order)).toEqual(expected)
      }),
    )
  },
)
