import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import {
  asReportStands,
  otherReportIdsOf,
  reportEntryIdsOf,
  reportHolding,
} from '@tideway/record/withdrawal/document-of-report'
import type { Document, Entry } from '@tideway/schemas/documents/entry'
import type { RecordStore } from './store.ts'

type ById = Pick<RecordStore, 'byId'>

const readById = async (ids: Iterable<string>, { byId }: ById): Promise<Map<string, Entry>> => {
  const each = [...new Set(ids)]
  return each.length === 0 ? new Map() : new Map(await byId(each))
}

/** Reports that may hold these documents: several where a number was used for several. */
const reportsOf = async (entries: readonly Entry[], store: ById): Promise<Map<string, Entry>> => {
  const reports = await readById(entries.flatMap(reportEntryIdsOf), store)
  for (let missing = reports.size > 0; missing; ) {
    const others = [...reports.values()].flatMap(otherReportIdsOf)
    const found = await readById(
      others.filter((id) => !reports.has(id)),
      store,
    )
    for (const [id, report] of found) reports.set(id, report)
    missing = found.size > 0
  }
  return reports
}

/**
 * Entries as they stand: reports of an earlier release by their status, documents as the report
 * that they are embedded in.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  store: ById,
): Promise<readonly Entry[]> => {
  const reports = [...(await reportsOf(entries, store)).values()]
  return entries.map((entry) => {
    if (entry.data.kind === 'report') return { ...entry, data: asStoredBefore(entry.data) }
    if (entry.data.kind !== 'document') return entry
    const own = reports.filter(({ patient }) => patient === entry.patient)
    const report = reportHolding(entry.data as Document, own)
    return report === undefined
      ? entry
      : { ...entry, data: asReportStands(entry.data, asStoredBefore(report)) }
  })
}
