import type { EntryKind } from '@tideway/schemas/documents/entry'
import type { Cursor } from '../chart/cursor.ts'
import { contextOf } from './context.ts'
import type { Chart } from '../chart/open-chart.ts'
import { answerOf } from '../json/schema/answer.ts'
import { AnyEntry, EntryPage, entryOf } from '../json/any-entry.ts'
import { completenessOf } from '../completeness/completeness.ts'

const answer = answerOf<AnyEntry>(AnyEntry)
const answerPage = answerOf<EntryPage>(EntryPage)

const completenessIn = async (chart: Chart, now: Date) => {
  const completeness = completenessOf(await chart.known(), chart.heads, now)
  return { completeness, complete: completeness.state === 'complete' }
}

/** A page of one section, newest first. */
export const readEntries = async (
  chart: Chart,
  kind: EntryKind,
  from: Cursor | null,
  limit: number,
  now: Date,
): Promise<EntryPage> => {
  const [{ entries, before }, said] = await Promise.all([
    chart.page(kind, from, limit),
    completenessIn(chart, now),
  ])
  const context = await contextOf(chart, entries)
  return answerPage(
    {
      ...said,
      entries: entries.map((entry) => entryOf(entry, context)),
      more: before !== null,
      before,
    },
    chart.sealId,
  )
}

/** @throws ApiError NO_SUCH_ENTRY */
export const readEntry = async (chart: Chart, id: string, now: Date): Promise<AnyEntry> => {
  const [entry, said] = await Promise.all([chart.entry(id), completenessIn(chart, now)])
  const context = await contextOf(chart, [entry])
  return answer({ ...entryOf(entry, context), ...said }, chart.sealId)
}
