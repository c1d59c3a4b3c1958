import { settleConfidentiality } from '@tideway/record/entries/confidentiality'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { asKnown } from '@tideway/record/entries/matching/match-order'
import { settleAllergies } from '@tideway/record/entries/matching/match-allergy'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'

export type ExpectedRecord = { head: PatientHead; entries: Map<string, Entry> }

/**
 * The events of an acknowledged message and, for each of its patients, the receive order in which
 * it was applied.
 */
export type AppliedMessages = {
  events: readonly PatientEvent[]
  received: (patientKey: string) => number | undefined
}

/** Applies what entries state about each other, and adds the summary lines. */
const together = (
  patientKey: string,
  head: PatientHead,
  entries: ReadonlyMap<string, Entry>,
): ExpectedRecord => {
  const settled = settleConfidentiality(patientKey, entries, new Map())
  const all = new Map(settleAllergies([...settled.values()]).map((entry) => [entry._id, entry]))
  return { head: withLines(head, [...all.values()]).head, entries: all }
}

/**
 * The record that each message, applied once in receive order by the same pure functions, must
 * give, without anything that could lose, repeat or reorder.
 */
export const expectedRecord = (
  messages: readonly AppliedMessages[],
): Map<string, ExpectedRecord> => {
  const expected = new Map<string, ExpectedRecord>()
  for (const { events, received } of messages) {
    for (const made of events) {
      const receivedAt = received(made.patientKey)
      if (receivedAt === undefined) continue
      const patient = expected.get(made.patientKey) ?? {
        head: newHead(made.patientKey),
        entries: new Map<string, Entry>(),
      }
      const event = asKnown({ ...made, receivedAt }, (known) => patient.entries.get(known))
      const id = entryIdIn(event)
      const entry = id === null ? null : evolveEntry(patient.entries.get(id) ?? null, event)
      if (entry !== null) patient.entries.set(entry._id, entry)
      patient.head = evolveHead(patient.head, event)
      expected.set(event.patientKey, patient)
    }
  }
  for (const [key, { head, entries }] of expected) expected.set(key, together(key, head, entries))
  return expected
}
