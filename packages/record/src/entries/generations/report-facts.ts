import type { Origin, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import { byVersion, distinct } from '../facts.ts'
import { headerKept, reportOf } from '../report.ts'
import { withStatedObservations } from '../report-observations.ts'
import { versionsKept, versionsOf } from '../report-versions.ts'

/** Observations without the statements that one before holds already. */
const eachOnce = (observations: readonly ReportObservation[]): ReportObservation[] => {
  const seen = new Set<string>()
  return observations.map((observation) => ({
    ...observation,
    reported: observation.reported.filter(({ message, place }) => {
      const fact = `${message}|${place}`
      return !seen.has(fact) && seen.add(fact)
    }),
  }))
}

/** A report made anew of what some reports of one number were told; null if that is nothing. */
export const reportOfAll = (reports: readonly Report[]): Report | null => {
  const [first] = reports
  const header = headerKept(distinct(reports.flatMap((report) => report.header)))
  if (first === undefined || header.length === 0) return null
  const versions = versionsKept(distinct(reports.flatMap(versionsOf)).toSorted(byVersion))
  const known = eachOnce(reports.flatMap((report) => report.observations))
  const observations = withStatedObservations(known, [], versions, { anew: true })
  return reportOf({ reportId: first.reportId, header, versions, observations }, null)
}

/** What of a report was told by some of its statements. */
export const reportOfSome = (
  report: Report,
  isTold: (statement: Origin & { undated?: true }) => boolean,
): Report | null =>
  reportOfAll([
    {
      ...report,
      header: report.header.filter(isTold),
      versions: versionsOf(report).filter(isTold),
      observations: report.observations.flatMap((observation) => {
        const reported = observation.reported.filter(isTold)
        return reported.length === 0 ? [] : [{ ...observation, reported }]
      }),
    },
  ])
