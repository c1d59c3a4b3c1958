import { instantOf } from '@tideway/time/iso-time'
import { isOfSegment } from '../../entries/full-state.ts'
import { repeatedHourOf, repeatedHourReader } from '../../entries/repeated-hour.ts'
import type { Entry } from '@tideway/schemas/documents/entry'

/**
 * Facts of one order with the hour that comes twice, when clocks go back, told by the order of
 * their messages; newest first again if that changed one.
 */
export const withHoursTold = <Fact extends { entry: Entry; at: string | null }>(
  facts: readonly Fact[],
): Fact[] => {
  if (!facts.some(({ at }) => at !== null && repeatedHourOf(at) !== null)) return [...facts]
  const read = repeatedHourReader()
  const versionOf = ({ entry }: Fact) => entry.origins.at(-1)?.version ?? ''
  const isOfStep = ({ entry }: Fact) => entry.origins.every(isOfSegment)
  const told = new Map(
    facts
      .toSorted((a, b) => (versionOf(a) < versionOf(b) ? -1 : 1))
      .map((fact) => [fact, fact.at !== null && isOfStep(fact) ? read(fact.at) : fact.at]),
  )
  return facts
    .map((fact) => ({ ...fact, at: told.get(fact) ?? null }))
    .toSorted((a, b) => (instantOf(b.at) ?? 0) - (instantOf(a.at) ?? 0))
}
