import type { Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { serviceSuffix } from '../../keys/clinical-keys.ts'
import { codeName } from '../../keys/business-key.ts'
import { isWithdrawnStatus } from '../../status/observation-status.ts'
import { retractionOf } from '../../status/report-status.ts'
import { isOfSegment } from '../full-state.ts'
import { reportOfAll, reportOfSome } from '../generations/report-facts.ts'
import { versionsOf } from '../report-versions.ts'

/** Between the number of a report and its service, in its key. */
const separator = '^'

/**
 * Whether a message takes back results under a number and does not name the service (OBR-4): it is
 * about every report with that number. Results that it states are a report of their own.
 */
export const retractsNumber = ({ place, body }: PatientEvent): boolean => {
  if (body.type !== 'ResultReported' || !isOfSegment({ place })) return false
  const { reportId, service, status, observations } = body
  if (codeName(service) !== null || !reportId.endsWith(separator)) return false
  return observations.length === 0
    ? retractionOf(status) !== null
    : observations.every((one) => isWithdrawnStatus(one.status))
}

/** The event as it is about one of the reports with that number. */
export const aboutReport = (event: PatientEvent, { reportId }: Report): PatientEvent => ({
  ...event,
  body: { ...(event.body as ResultReported), reportId },
})

/** `_id` of the entry of what is said of the number of a report alone; null for any other event. */
export const reportAloneIdOf = ({ patientKey, place, body }: PatientEvent): string | null => {
  if (body.type !== 'ResultReported' || !isOfSegment({ place })) return null
  const name = codeName(body.service)
  const end = name === null ? -1 : body.reportId.lastIndexOf(serviceSuffix(name))
  return end <= 0 ? null : entryIdOf(patientKey, 'report', body.reportId.slice(0, end + 1))
}

/** A report with what was said before of all reports with its number. */
export const withRetractionsOf = (report: Report, alone: Report): Report => {
  const messages = new Set(
    versionsOf(alone)
      .filter(({ status }) => retractionOf(status) !== null)
      .map(({ message }) => message),
  )
  const told = alone.observations.flatMap(({ reported }) => reported)
  for (const [message, some] of Map.groupBy(told, (one) => one.message))
    if (some.every((one) => isWithdrawnStatus(one.status))) messages.add(message)
    else messages.delete(message)
  const retractions = reportOfSome(alone, ({ message }) => messages.has(message))
  if (retractions === null) return report
  return reportOfAll([report, retractions]) ?? report
}
