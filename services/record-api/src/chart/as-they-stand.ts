import { asStoredBefore } from '@tideway/record/entries/settle-in-report'
import {
  asReportStands,
  otherReportIdsOf,
  reportEntryIdsOf,
  reportHolding,
} from '@tideway/record/withdrawal/document-of-report'
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

const storedReport = (entry: Entry): Report | null =>
  entry.data.kind === 'report' ? asStoredBefore(entry.data) : null

/** Reports that may hold the parent results of these. */
const parentsOf = async (
  entries: readonly Entry[],
  { reportsUnder }: Pick<RecordStore, 'reportsUnder'>,
): Promise<readonly Entry[]> => {
  const prefixes = [...new Set(entries.map(parentPrefixOf).filter((one) => one !== null))]
  return prefixes.length === 0 ? [] : reportsUnder(prefixes)
}

const asParentsStand = (entry: Entry, report: Report, parents: readonly Entry[]): Entry => {
  const prefix = parentPrefixOf(entry)
  const under = parents
    .filter(({ _id }) => prefix !== null && _id.startsWith(prefix))
    .map(storedReport)
    .filter((one) => one !== null)
  return { ...entry, data: under.length === 0 ? report : asParentStands(report, under) }
}

/**
 * Entries as they stand: reports of an earlier release by their status, documents as the report
 * that they are embedded in, sensitivities as the culture they belong to.
 */
export const asTheyStand = async (
  entries: readonly Entry[],
  store: Pick<RecordStore, 'byId' | 'reportsUnder'>,
): Promise<readonly Entry[]> => {
  const [reports, parents] = await Promise.all([
    reportsOf(entries, store).then((found) => [...found.values()]),
    parentsOf(entries, store),
  ])
  return entries.map((entry) => {
    const own = storedReport(entry)
    if (own !== null) return asParentsStand(entry, own, parents)
    if (entry.data.kind !== 'document') return entry
    const ofPatient = reports.filter(({ patient }) => patient === entry.patient)
    const report = reportHolding(entry.data as Document, ofPatient)
    return report === undefined
      ? entry
      : { ...entry, data: asReportStands(entry.data, asStoredBefore(report)) }
  })
}
