import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { bundle, patient, rules, subject, system, trust } from '@tideway/fhir-ingest/sender.fixture'
import { folds } from '@tideway/projector/apply/apply-events'
import {
  patientsToSettle,
  withAllergiesSettled,
} from '@tideway/projector/apply/duplicate-allergies'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { notShownLines } from '@tideway/record/entries/not-shown'
import { project } from '@tideway/projector/apply/project'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { statementKinds } from '@tideway/schemas/documents/statement'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import { allCaughtUp } from '../completeness/caught-up.fixture.ts'
import { storedIds } from '../chart/stored-ids.fixture.ts'
import { answerOf } from './schema/answer.ts'
import { AnyEntry, entryOf } from './any-entry.ts'
import { PatientRecord, type RecordReading, recordOf } from './record.ts'
import type { WithdrawalRow } from './withdrawn-row.fixture.ts'
import { ofReport, status } from './withdrawn-words.fixture.ts'

export const pick = (of: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([one]) => names.includes(one)))

/** The same resource with the status that withdraws it; bare: only its required elements. */
export const withdrawal = (
  { said, back = status, required = [], not = [] }: WithdrawalRow,
  bare: boolean,
): object => ({
  ...(bare
    ? pick(said, required)
    : Object.fromEntries(Object.entries(said).filter(([one]) => !not.includes(one)))),
  ...back,
})

export const eventsOf = (resources: object[], minute: number): PatientEvent[] => {
  const sent = {
    ...bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, ...resources),
    timestamp: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
  }
  const { faults, problem, events } = normalise(
    {
      source: trust,
      bytes: Buffer.from(JSON.stringify(sent)),
      receivedAt: Date.UTC(2026, 6, 1, 10, minute) * 1000,
    },
    rules,
  )
  expect([faults, problem]).toEqual([[], null])
  return events
}

export const eventsOfRow = (
  { type, who }: WithdrawalRow,
  said: object,
  minute: number,
): PatientEvent[] => {
  const about = type === 'Appointment' ? {} : { [who ?? 'subject']: subject }
  const number = { system: system('X99', 'report'), value: 'N1' }
  const resource = {
    ...said,
    resourceType: type,
    identifier: type === 'QuestionnaireResponse' || type === 'Composition' ? number : [number],
    ...about,
  }
  const beside = 'result' in said ? [{ fullUrl: 'urn:uuid:o', resource: ofReport }] : []
  return eventsOf([{ resource }, ...beside], minute)
}

export type Documents = {
  heads: Map<string, PatientHead>
  entries: Map<string, Entry>
  applied: Map<string, number>
}

export const stored = (...messages: PatientEvent[][]): Documents => {
  const documents: Documents = { heads: new Map(), entries: new Map(), applied: new Map() }
  for (const events of messages) {
    const arrivals = events.map((event, offset) => ({
      patient: event.patientKey,
      offset,
      event,
      record: Buffer.alloc(0),
      messageId: event.messageId,
      eventId: event.id,
      source: event.source,
      traceparent: null,
    }))
    const ofKind = (kind: Entry['kind'], patients: readonly string[]) =>
      [...documents.entries.values()].filter(
        (entry) => entry.kind === kind && patients.includes(entry.patient),
      )
    const changed = project(0, arrivals, { ...documents, held: new Map() }, folds, new Date(0))
    const patients = patientsToSettle(changed, documents.entries)
    const settled = withAllergiesSettled(changed, patients, ofKind('allergy', patients))
    for (const { head, entries, followers, uncertain, dissolved } of settled) {
      for (const entry of [...followers, ...entries]) documents.entries.set(entry._id, entry)
      for (const id of dissolved) documents.entries.delete(id)
      documents.heads.set(
        head._id,
        uncertain.reduce(
          (known, kind) => withLinesAnew(known, kind, ofKind(kind, [head._id])),
          head,
        ),
      )
    }
  }
  return documents
}

const answer = answerOf<PatientRecord>(PatientRecord)
const answerEntry = answerOf<AnyEntry>(AnyEntry)
const context = { archive: new Map() }
export const recordIn = ({ heads, entries }: Documents, sealId = storedIds.seal): PatientRecord => {
  const of = (kind: Entry['kind']) => ({
    entries: [...entries.values()].filter((entry) => entry.kind === kind),
    before: null,
  })
  const statements = Object.fromEntries(
    statementKinds.map((kind) => [kind, of(kind)]),
  ) as unknown as RecordReading['statements']
  return answer(
    recordOf(
      {
        asOf: new Date(0),
        heads: [...heads.values()],
        ...{
          notCombined: 0,
          undecided: 0,
          personUnknown: 0,
          parked: 0,
          inConflict: 0,
          dropped: 0,
          inPart: 0,
          held: 0,
        },
        feeds: [],
        line: allCaughtUp(0),
        notShown: notShownLines(entries.values()),
        sections: {
          encounters: of('encounter'),
          reports: of('report'),
          documents: of('document'),
        },
        statements,
      },
      new Map(),
      context,
    ),
    sealId,
  )
}

export const entryIn = (
  { entries }: Documents,
  kind: Entry['kind'],
): { entry: Entry; shown: AnyEntry } => {
  const [entry, ...others] = [...entries.values()].filter((one) => one.kind === kind)
  expect(others).toEqual([])
  return {
    entry: entry as Entry,
    shown: answerEntry(entryOf(entry as Entry, context), storedIds.seal),
  }
}
