import type { Entry } from '@tideway/schemas/documents/entry'
import { allergyLines } from '@tideway/record/summary/allergy-lines'
import type { Chart } from '../chart/open-chart.ts'
import type { EntryContext } from '../json/entry.ts'

/** What the answer about some entries needs besides them. */
export const contextOf = async (
  chart: Pick<Chart, 'archivePlaces' | 'families' | 'heads'>,
  entries: readonly Entry[],
): Promise<EntryContext> => {
  const [archive, families] = await Promise.all([
    chart.archivePlaces(entries),
    chart.families(entries),
  ])
  return { archive, families, allergies: allergyLines(chart.heads) }
}
