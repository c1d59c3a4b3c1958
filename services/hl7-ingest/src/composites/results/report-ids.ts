import { areSeparate, reportOfPart } from '@tideway/record/keys/report-part'
import type { OrderReport } from './report.ts'

/**
 * Ids that tell the reports of one message apart: those of one number and service by their specimen
 * or parent result, which a later message about one of them repeats; those that are still equal by
 * their place: the second is another report, not a correction.
 */
export const distinctReportIds = (
  headers: readonly OrderReport[],
  patientKey: string,
  numbered: Map<string, number>,
): string[] => {
  const toldApart = headers.length > 1 ? idsToldApart(headers) : null
  return headers.map((header) => {
    const { reportId } = header
    const id = toldApart?.has(reportId) ? reportOfPart(reportId, header) : reportId
    const name = `${patientKey}|${id}`
    const times = (numbered.get(name) ?? 0) + 1
    numbered.set(name, times)
    return times === 1 ? id : `${id}#${times}`
  })
}

/** Ids whose reports are told apart by their specimen or parent result. */
const idsToldApart = (headers: readonly OrderReport[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(headers, ({ reportId }) => reportId)]
      .filter(([, alike]) => alike.length > 1 && haveSeparate(alike))
      .map(([reportId]) => reportId),
  )

/** Whether some are about another specimen or isolate than the first that names one. */
const haveSeparate = (alike: readonly OrderReport[]): boolean => {
  const first = alike.find((header) => reportOfPart('', header) !== '')
  return first !== undefined && alike.some((header) => areSeparate(first, header))
}
