import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import { asReportStands, reportEntryIdOf } from '@tideway/record/withdrawal/document-of-report'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { RecordStore } from './store.ts'

/**
 * Entries as they stand: reports of an earlier release by their status, documents as the report
 * that they are embedded in.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  { byId }: Pick<RecordStore, 'byId'>,
): Promise<readonly Entry[]> => {
  const ids = [...new Set(entries.map(reportEntryIdOf).filter((id) => id !== null))]
  const reports = ids.length === 0 ? new Map<string, Entry>() : await byId(ids)
  return entries.map((entry) => {
    if (entry.data.kind === 'report') return { ...entry, data: asStoredBefore(entry.data) }
    const report = reports.get(reportEntryIdOf(entry) ?? '')?.data
    return entry.data.kind === 'document' && report?.kind === 'report'
      ? { ...entry, data: asReportStands(entry.data, asStoredBefore(report)) }
      : entry
  })
}
