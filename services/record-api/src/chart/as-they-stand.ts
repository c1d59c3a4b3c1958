import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import { asReportStands, reportEntryIdOf } from '@tideway/record/withdrawal/document-of-report'
import { asParentStands, parentPrefixOf } from '@tideway/record/withdrawal/parent-of-report'
import type { Entry, Report } from '@tideway/schemas/documents/entry'
import type { RecordStore } from './store.ts'

const reportIn = (entry: Entry | undefined): Report | null =>
  entry?.data.kind === 'report' ? asStoredBefore(entry.data) : null

const once = (ids: readonly (string | null)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null)),
]

/**
 * Entries as they stand: reports of an earlier release by their status, documents as the report
 * that they are embedded in, sensitivities as the culture they belong to.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  { byId, reportsUnder }: Pick<RecordStore, 'byId' | 'reportsUnder'>,
): Promise<readonly Entry[]> => {
  const [ids, prefixes] = [once(entries.map(reportEntryIdOf)), once(entries.map(parentPrefixOf))]
  const [reports, parents] = await Promise.all([
    ids.length === 0 ? new Map<string, Entry>() : byId(ids),
    prefixes.length === 0 ? [] : reportsUnder(prefixes),
  ])
  return entries.map((entry) => {
    const own = reportIn(entry)
    if (own !== null) {
      const prefix = parentPrefixOf(entry)
      const under = parents.filter(({ _id }) => prefix !== null && _id.startsWith(prefix))
      const data =
        under.length === 0 ? own : asParentStands(own, under.map(reportIn).filter(isReport))
      return { ...entry, data }
    }
    const report = reportIn(reports.get(reportEntryIdOf(entry) ?? ''))
    return entry.data.kind === 'document' && report !== null
      ? { ...entry, data: asReportStands(entry.data, report) }
      : entry
  })
}

const isReport = (report: Report | null): report is Report => report !== null
