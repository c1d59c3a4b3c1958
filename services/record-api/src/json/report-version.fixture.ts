import { normalise as normaliseFhir } from '@tideway/fhir-ingest/normalise/normalise'
import { rules, trust } from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { mappings, x99 } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { newHead } from '@tideway/record/demographics/head'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { placeReport } from '@tideway/record/entries/matching/match-report'
import { withLines } from '@tideway/record/summary/head-lines'
import { asReportStands, reportHolding } from '@tideway/record/withdrawal/document-of-report'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { ReportMode } from '@tideway/schemas/source'
import { expect } from 'vitest'
import { AnyEntry, entryOf } from './any-entry.ts'
import type { DocumentAnswer } from './document.ts'
import type { ReportAnswer } from './report.ts'
import { receivedAs } from './said-later.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { summaryOf } from './summary.ts'

const answer = answerOf<AnyEntry>(AnyEntry)

/** A message of HL7 v2 as text, or a resource of FHIR. */
export type Sent = string | object

const eventsOf = (message: Sent, nth: number, reports?: ReportMode): PatientEvent[] => {
  const mode = reports === undefined ? {} : { reports }
  const receivedAt = receivedAs(nth)
  const { events, problem } =
    typeof message === 'string'
      ? normalise(
          {
            source: { ...x99, hl7: { ...x99.hl7, ...mode } },
            bytes: Buffer.from(message),
            receivedAt,
          },
          mappings,
          { production: false },
        )
      : normaliseFhir(
          {
            source: { ...trust, fhir: { ...trust.fhir, ...mode } },
            bytes: Buffer.from(JSON.stringify(message)),
            receivedAt,
          },
          rules,
        )
  expect(problem).toBeNull()
  return events
}

const entriesAfter = (events: readonly PatientEvent[]): Map<string, Entry> => {
  const entries = new Map<string, Entry>()
  const find = (id: string) => entries.get(id)
  for (const each of events) {
    const { event, moved, after } = placeReport(each, find)
    for (const [moves, entry] of moved.entries) entries.set(moves, entry)
    for (const dissolved of moved.dissolved) entries.delete(dissolved)
    const id = entryIdIn(event)
    if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, event) as Entry)
    for (const changed of after(find)) entries.set(changed._id, changed)
  }
  return entries
}

const asRead = (entries: ReadonlyMap<string, Entry>) => {
  const all = [...entries.values()].toSorted((a, b) => (a._id < b._id ? -1 : 1))
  const answers = all.map((entry) => {
    const report =
      entry.data.kind === 'document'
        ? reportHolding(
            entry.data,
            all.flatMap(({ data: one }) => (one.kind === 'report' ? [one] : [])),
          )
        : undefined
    const data =
      entry.data.kind === 'document' && report !== undefined
        ? asReportStands(entry.data, report)
        : entry.data
    return answer(entryOf({ ...entry, data }, { archive: new Map() }))
  })
  const [first] = all
  const head = withLines(newHead(first?.patient ?? 'X99|1'), all).head
  return {
    reports: answers.filter((one) => one.kind === 'report') as ReportAnswer[],
    documents: answers.filter((one) => one.kind === 'document') as DocumentAnswer[],
    lines: summaryOf([head], new Map(), new Date()).reports.lines,
  }
}

const orders = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, index) => orders(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))

/** Whichever message comes first gives an entry its key; what is reported in it is the same. */
const withoutKeys = (shown: ReturnType<typeof asRead>): string[] => {
  const keys = new Set(['id', 'entry', 'reportId', 'report', 'documentId', 'by', 'aboutOneOf'])
  return Object.values(shown)
    .flat()
    .map((one) => JSON.stringify(one, (name, value) => (keys.has(name) ? undefined : value)))
    .toSorted()
}

/**
 * Reports, documents and summary after these messages, in the order they were received; the same in
 * every order of application, and when each is applied twice.
 */
export const recordAfter = (messages: readonly Sent[], reports?: ReportMode) => {
  const events = messages.map((message, nth) => eventsOf(message, nth, reports))
  const shown = asRead(entriesAfter(events.flat()))
  for (const order of orders(events))
    expect(withoutKeys(asRead(entriesAfter([...order, ...order.toReversed()].flat())))).toEqual(
      withoutKeys(shown),
    )
  return shown
}

/** Value, status and mark of each observation of the reports. */
export const valuesOf = ({ reports }: Pick<ReturnType<typeof recordAfter>, 'reports'>) =>
  reports.flatMap(({ observations }) =>
    observations.map(({ code, value, coded, status, notCurrent }) =>
      [code.code, coded?.text ?? value ?? null, status, notCurrent].filter(
        (part) => part !== undefined,
      ),
    ),
  )
