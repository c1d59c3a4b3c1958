import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import {
  asReportStands,
  otherReportIdsOf,
  reportEntryIdsOf,
  reportHolding,
} from '@tideway/record/withdrawal/document-of-report'
import { chunkAsItStands } from '@tideway/record/entries/chunks/chunks'
import { asParentStands, parentPrefixOf } from '@tideway/record/withdrawal/parent-of-report'
import type { Document, Entry, Report } from '@tideway/schemas/documents/entry'
import type { RecordStore } from './store.ts'

type ById = Pick<RecordStore, 'byId'>

const readById = async (ids: Iterable<string>, { byId }: ById): Promise<Map<string, Entry>> => {
  const each = [...new Set(ids)]
  return each.length === 0 ? new Map() : new Map(await byId(each))
}

/** Reports that may hold these documents: several where a number was used for several. */
const reportsOf = async (entries: readonly Entry[], store: ById): Promise<Map<string, Entry>> => {
  const named = entries.flatMap((entry) => [
    ...reportEntryIdsOf(entry),
    ...(entry.chunkOf === undefined ? [] : [entry.chunkOf]),
  ])
  const reports = await readById(named, store)
  const documents = entries.filter(({ data }) => data.kind === 'document')
  for (let missing = documents.length > 0 && reports.size > 0; missing; ) {
    const others = [...reports.values()].flatMap((report) => otherReportIdsOf(report, documents))
    const found = await readById(
      others.filter((id) => !reports.has(id)),
      store,
    )
    for (const [id, report] of found) reports.set(id, report)
    missing = found.size > 0
  }
  return reports
}

const parentsOf = async (
  entries: readonly Entry[],
  { reportsUnder }: Pick<RecordStore, 'reportsUnder'>,
): Promise<readonly Entry[]> => {
  const prefixes = new Set(entries.map(parentPrefixOf).filter((prefix) => prefix !== null))
  return prefixes.size === 0 ? [] : reportsUnder([...prefixes])
}

const reportIn = ({ data }: Entry): Report[] =>
  data.kind === 'report' ? [asStoredBefore(data)] : []

const withParents = (entry: Entry, own: Report, parents: readonly Entry[]): Entry => {
  const prefix = parentPrefixOf({ ...entry, data: own })
  const under = parents.filter(({ _id }) => prefix !== null && _id.startsWith(prefix))
  const data = under.length === 0 ? own : asParentStands(own, under.flatMap(reportIn))
  return { ...entry, data }
}

/** A report as it stands; a chunk as the report that it is a part of. */
const wholeReport = (entry: Entry, reports: ReadonlyMap<string, Entry>): Report => {
  const whole = reports.get(entry.chunkOf ?? '')?.data
  return whole?.kind === 'report'
    ? chunkAsItStands(entry, asStoredBefore(whole))
    : asStoredBefore(entry.data as Report)
}

const documentAsItStands = (
  entry: Entry,
  document: Document,
  reports: ReadonlyMap<string, Entry>,
): Entry => {
  const own = [...reports.values()]
    .filter(({ patient, data }) => patient === entry.patient && data.kind === 'report')
    .map((one) => wholeReport(one, reports))
  const report = reportHolding(document, own)
  return report === undefined ? entry : { ...entry, data: asReportStands(document, report) }
}

/**
 * Entries as they stand: reports of an earlier release by their status, chunks and documents as the
 * report that they are in, sensitivities as the culture they belong to.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  store: Pick<RecordStore, 'byId' | 'reportsUnder'>,
): Promise<readonly Entry[]> => {
  const [reports, parents] = await Promise.all([
    reportsOf(entries, store),
    parentsOf(entries, store),
  ])
  return entries.map((entry) => {
    const { data } = entry
    if (data.kind === 'report') return withParents(entry, wholeReport(entry, reports), parents)
    return data.kind === 'document' ? documentAsItStands(entry, data, reports) : entry
  })
}
