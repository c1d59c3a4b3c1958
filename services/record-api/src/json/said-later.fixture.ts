import { normalise as normaliseFhir } from '@tideway/fhir-ingest/normalise/normalise'
import { rules, trust } from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { mappings, x99 } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import { entryOf } from './any-entry.ts'

/** Months after what the messages tell of, as when a feed is loaded again. */
const firstReceived = Date.UTC(2026, 10, 30, 12) * 1000
const minute = 60_000_000

/** Receive time of the nth message, microseconds. */
export const receivedAs = (nth: number, from = firstReceived): number => from + nth * minute

/** Segments of one message, an HL7 v2 sender's bytes. */
export const hl7 = (type: string, msh7: string, controlId: string, ...segments: string[]): string =>
  [`MSH|^~\\&|LIS|X99|TW|REG|${msh7}||${type}|${controlId}|P|2.5.1`, ...segments, ''].join('\r')

/** Events of the nth message, from its bytes: text is HL7 v2, an object a FHIR resource. */
export const eventsOf = (message: string | object, receivedAt: number): PatientEvent[] => {
  const { events, problem } =
    typeof message === 'string'
      ? normalise({ source: x99, bytes: Buffer.from(message), receivedAt }, mappings, {
          production: false,
        })
      : normaliseFhir(
          { source: trust, bytes: Buffer.from(JSON.stringify(message)), receivedAt },
          rules,
        )
  expect(problem).toBeNull()
  return events
}

/** The answer of record-api for each entry after these events. */
export const answersAfter = (events: readonly PatientEvent[]) => {
  const entries = new Map<string, Entry>()
  for (const event of events) {
    const id = entryIdIn(event)
    if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, event) as Entry)
  }
  return [...entries.values()]
    .toSorted((a, b) => (a._id < b._id ? -1 : 1))
    .map((entry) => entryOf(entry, { archive: new Map() }))
}

/** A repeat keeps the time it was first received, as in the projector. */
const asFirstReceived = (messages: readonly PatientEvent[][]): PatientEvent[][] => {
  const first = new Map<string, number>()
  for (const { messageId, receivedAt } of messages.flat())
    if (!first.has(messageId)) first.set(messageId, receivedAt)
  return messages.map((events) =>
    events.map((event) => ({ ...event, receivedAt: first.get(event.messageId) as number })),
  )
}

/** Messages in the order they were received; folded in the other order the answer is the same. */
export const recordAfter = (...messages: (string | object)[]) => {
  const events = asFirstReceived(messages.map((message, nth) => eventsOf(message, receivedAs(nth))))
  const answers = answersAfter(events.flat())
  expect(answersAfter(events.toReversed().flat())).toEqual(answers)
  return answers
}
