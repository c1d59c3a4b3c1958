import type { PatientRecord } from '@tideway/record-api/json/record'
import { shownTime } from './times.ts'
import { shortName } from './where.ts'

const isText = (valueType: string | undefined) => ['TX', 'FT', 'ST'].includes(valueType ?? '')

/** Titles of text reports, a line each. Null if there are none. */
export const textReportTitles = (record: PatientRecord): string | null =>
  textReports(record)
    .map((report) => report.split('\n')[0]?.split(',').slice(0, 3).join(','))
    .join('\n            ') || null

/** Text reports, newest first, with the sender's line breaks. */
export const textReports = ({ reports, patients }: PatientRecord): string[] => {
  const names = new Map(
    patients.map(({ organisation, organisationName }) => [organisation, organisationName]),
  )
  return reports.flatMap((report) => {
    const texts = report.observations.filter(
      ({ valueType, value }) => isText(valueType) && value !== undefined,
    )
    if (texts.length === 0) return []
    const title =
      texts.length === 1 ? (texts[0]?.code.text ?? report.service?.text) : report.service?.text
    const head = `${title ?? 'Report'}, ${report.status}, ${shownTime(report.issuedAt ?? report.collectedAt)}, ${shortName(names.get(report.organisation), report.organisation)}`
    return [
      [
        head,
        ...texts
          .flatMap(({ value }) => (value ?? '').split('\n'))
          .map((line) => `    ${line}`.trimEnd()),
      ].join('\n'),
    ]
  })
}
