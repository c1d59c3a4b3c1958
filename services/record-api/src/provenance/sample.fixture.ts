import { answerOf } from '../json/schema/stored-answer.fixture.ts'
import { AnyEntry, entryOf } from '../json/any-entry.ts'
import { readFileSync } from 'node:fs'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { whole } from '@tideway/schemas/complete-event.fixture'

const samples = new URL('../../../hl7-ingest/samples/x99/', import.meta.url)
export const bytesOf = (name: string) => readFileSync(new URL(`${name}.hl7`, samples))
type Expected = {
  type: string
  controlId: string
  characterSet: string
  events: Pick<PatientEvent, 'patientKey' | 'place' | 'body'>[]
}
const expectedOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.expected.json`, samples)).toString()) as Expected
const at = Date.parse('2026-11-22T09:00:00Z') * 1000

export const eventsOf = (name: string, messageId = name, later = 0): PatientEvent[] =>
  expectedOf(name).events.map((event, n) => ({
    ...event,
    body: whole(event.body),
    id: `${messageId}.${n}`,
    messageId,
    source: 'X99',
    receivedAt: at + later,
    sentAt: (at + later) / 1000,
    notShown: null,
  }))

export const entryFrom = (events: readonly PatientEvent[], kind: Entry['kind']): Entry => {
  const entries = new Map<string, Entry>()
  for (const event of events) {
    const id = entryIdIn(event)
    const entry = id === null ? null : evolveEntry(entries.get(id) ?? null, event)
    if (id !== null && entry !== null) entries.set(id, entry)
  }
  return [...entries.values()].find((entry) => entry.kind === kind) as Entry
}

export const record = (name: string): ArchivedMessage => {
  const { type, controlId, characterSet } = expectedOf(name)
  const message = {
    id: name,
    source: 'X99',
    bytes: bytesOf(name),
    payload: null,
    connection: '',
    receivedAt: at,
    sentAt: null,
    controlId,
    type,
    characterSet,
    answered: 'AA',
    problem: null,
    parked: false,
    patientKeys: [],
    events: 1,
    unused: [],
    submission: null,
  }
  return { partition: 0, offset: 0, durableAt: 0, message }
}

const answer = answerOf<AnyEntry>(AnyEntry)
/** An entry as a reader gets it. */
export const shownEntry = (entry: Entry): AnyEntry => answer(entryOf(entry, { archive: new Map() }))
