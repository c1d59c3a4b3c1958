import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import {
  asReportStands,
  otherReportIdsOf,
  reportEntryIdsOf,
  reportHolding,
} from '@tideway/record/withdrawal/document-of-report'
import { chunkAsItStands } from '@tideway/record/entries/chunks/chunks'
import type { Entry, Report } from '@tideway/schemas/documents/entry'
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

/** A report as it stands; a chunk as the report that it is a part of. */
const reportAsItStands = (entry: Entry, reports: ReadonlyMap<string, Entry>): Report => {
  const whole = reports.get(entry.chunkOf ?? '')?.data
  return whole?.kind === 'report'
    ? chunkAsItStands(entry, asStoredBefore(whole))
    : asStoredBefore(entry.data as Report)
}

/**
 * Entries as they stand: reports of an earlier release by their status, chunks and documents as the
 * report that they are in.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  store: ById,
): Promise<readonly Entry[]> => {
  const reports = await reportsOf(entries, store)
  return entries.map((entry) => {
    if (entry.data.kind === 'report') return { ...entry, data: reportAsItStands(entry, reports) }
    if (entry.data.kind !== 'document') return entry
    const own = [...reports.values()]
      .filter((one) => one.patient === entry.patient && one.data.kind === 'report')
      .map((one) => reportAsItStands(one, reports))
    const report = reportHolding(entry.data, own)
    return report === undefined ? entry : { ...entry, data: asReportStands(entry.data, report) }
  })
}
