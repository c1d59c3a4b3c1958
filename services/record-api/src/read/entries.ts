import type { EntryKind } from '@tideway/schemas/documents/entry'
import type { Cursor } from '../chart/cursor.ts'
import { contextOf } from './context.ts'
import type { Chart } from '../chart/open-chart.ts'
import { answerOf } from '../json/schema/answer.ts'
import { AnyEntry, type EntryPage, entryOf } from '../json/any-entry.ts'

const answer = answerOf<AnyEntry>(AnyEntry)

/** A page of one section, newest first. */
export const readEntries = async (
  chart: Chart,
  kind: EntryKind,
  from: Cursor | null,
  limit: number,
): Promise<EntryPage> => {
  const { entries, before } = await chart.page(kind, from, limit)
  const context = await contextOf(chart, entries)
  return {
    entries: entries.map((entry) => answer(entryOf(entry, context), chart.sealId)),
    more: before !== null,
    ...(before === null ? {} : { before }),
  }
}

/** @throws ApiError NO_SUCH_ENTRY */
export const readEntry = async (chart: Chart, id: string): Promise<AnyEntry> => {
  const entry = await chart.entry(id)
  return answer(entryOf(entry, await contextOf(chart, [entry])), chart.sealId)
}
