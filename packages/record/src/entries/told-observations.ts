import type { ReportObservation } from '@tideway/schemas/documents/entry'
import { shownValue } from '../withdrawal/shown-after-withdrawal.ts'
import { byVersion } from './facts.ts'
import { isOfSegment } from './full-state.ts'
import { newestSaid } from './kept-statements.ts'
import { repeatedHourOf, repeatedHourReader } from './repeated-hour.ts'

/** The statement whose time an observation is shown with. */
const statementOf = (observation: ReportObservation) =>
  shownValue(observation) ?? newestSaid(observation)

/**
 * When each observation of a report was made, with the hour that comes twice told by the order in
 * which the values of one code were stated. A resource has times with offsets.
 */
export const observedTimes = (
  observations: readonly ReportObservation[],
): ReadonlyMap<ReportObservation, string | null> => {
  const told = observations.map((observation) => ({ observation, by: statementOf(observation) }))
  const times = new Map(told.map(({ observation, by }) => [observation, by?.observedAt ?? null]))
  const within = told.flatMap(({ observation, by }) =>
    by !== undefined &&
    by.observedAt !== null &&
    isOfSegment(by) &&
    repeatedHourOf(by.observedAt) !== null
      ? [{ observation, by, at: by.observedAt }]
      : [],
  )
  const series = Map.groupBy(within, ({ observation: { code } }) =>
    JSON.stringify([code.code, code.text, code.system]),
  )
  for (const values of series.values()) {
    const read = repeatedHourReader()
    for (const { observation, at } of values.toSorted((a, b) => byVersion(a.by, b.by)))
      times.set(observation, read(at))
  }
  return times
}
