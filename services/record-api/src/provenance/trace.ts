import type { ValueSource } from '@tideway/record/provenance/value-source'
import { valueSources } from '@tideway/record/provenance/value-sources'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { documentMore } from '../json/document.ts'
import { visitMore } from '../json/encounter.ts'
import { observationMore } from '../json/schema/observation-said.ts'
import { reportMore } from '../json/report.ts'

/** The source of a value, and the field that a reader is shown it in. */
export type Trace = Omit<ValueSource, 'value'> & {
  /** Field of the entry as it is answered. */
  readonly shown: Path
}

const more = {
  report: new Set(reportMore.names),
  observation: new Set(observationMore.names),
  document: new Set(documentMore.names),
  visit: new Set(visitMore.names),
}

const reportNames: Readonly<Record<string, string>> = { receivedAt: 'specimenReceivedAt' }
const documentNames: Readonly<Record<string, string>> = { kind: 'documentKind' }
const documentValues: ReadonlySet<string> = new Set(['attachments', 'observations'])

/** Where the JSON of a report has a value. */
const inReport = (value: Path): Path => {
  const name = value.at(-1) as string
  const isOfObservation = value[0] === 'observations'
  if ((isOfObservation ? more.observation : more.report).has(name))
    return [...value.slice(0, -1), 'more', name]
  return isOfObservation ? value : [reportNames[name] ?? name]
}

/** Where the JSON of a document has a value. */
const inDocument = ([name]: Path): Path => {
  const field = name === 'contentStatus' ? 'status' : (name as string)
  if (documentValues.has(field)) return ['values', field]
  const isStatus = name === 'status'
  return more.document.has(field) && !isStatus ? ['more', field] : [documentNames[field] ?? field]
}

/** Where the JSON of an encounter has a value. */
const inEncounter = (value: Path): Path => {
  const [name, ...rest] = value as readonly [string, ...(string | number)[]]
  if (name === 'leave') return ['onLeave', ...rest]
  return rest.length === 0 && more.visit.has(name) ? ['more', name] : value
}

/** Where the JSON of a statement has a value. */
const inStatement = (value: Path): Path => value.map((step) => (step === 'fields' ? 'said' : step))

const shownAs = ({ data }: Entry, value: Path): Path => {
  if (data.kind === 'report') return inReport(value)
  if (data.kind === 'document') return inDocument(value)
  return data.kind === 'encounter' ? inEncounter(value) : inStatement(value)
}

/** The sources of an entry's values, by the fields in which they are answered. */
export const tracesOf = (entry: Entry): Trace[] =>
  valueSources(entry).map(({ value, ...source }) => ({ ...source, shown: shownAs(entry, value) }))
