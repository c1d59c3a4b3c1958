import type { ReportChunk, ReportObservation } from '@tideway/schemas/documents/entry'
import { abnormalOf, isSevere } from '../alerts/abnormal-flag.ts'
import { isWithdrawnStatus } from '../status/observation-status.ts'
import { flaggedBy } from '../withdrawal/shown-after-withdrawal.ts'

export type ResultCounts = Pick<ReportChunk, 'critical' | 'abnormal' | 'notCurrent' | 'retracted'>

/** The counts that are not zero. */
export const nonZero = (counts: ResultCounts): ResultCounts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))

/** How many results are not current, and retracted. */
export const lostCounts = (
  observations: readonly ReportObservation[],
): Pick<ResultCounts, 'notCurrent' | 'retracted'> =>
  nonZero({
    notCurrent: observations.filter((one) => one.notCurrent !== undefined).length,
    retracted: observations.filter(({ status }) => isWithdrawnStatus(status)).length,
  })

/** How many results are critical, otherwise abnormal, not current, and retracted. */
export const resultCounts = (observations: readonly ReportObservation[]): ResultCounts => {
  const abnormal = observations.flatMap((one) => {
    const shown = flaggedBy(one)
    return (shown === null ? null : abnormalOf(shown)) ?? []
  })
  const critical = abnormal.filter(isSevere).length
  return {
    ...nonZero({ critical, abnormal: abnormal.length - critical }),
    ...lostCounts(observations),
  }
}

/** The same of several parts together. */
export const sumOfCounts = (all: readonly ResultCounts[]): ResultCounts => {
  const sum = (name: keyof ResultCounts): number =>
    all.reduce((total, counts) => total + (counts[name] ?? 0), 0)
  return nonZero({
    critical: sum('critical'),
    abnormal: sum('abnormal'),
    notCurrent: sum('notCurrent'),
    retracted: sum('retracted'),
  })
}
