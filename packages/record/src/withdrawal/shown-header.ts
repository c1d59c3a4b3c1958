import type { Report } from '@tideway/schemas/documents/entry'
import { firstSaying } from '../entries/facts.ts'
import { omits, replaces, retractionsIn, retracts, versionsOf } from '../entries/report-versions.ts'
import { isWithdrawn, isWrongPatientReport } from './is-withdrawn.ts'
import { isCurrent } from './shown-after-withdrawal.ts'

/**
 * What says that there was a report, and of what. Everything else that was sent with values of
 * another patient may be about that patient too.
 */
const identifyingFields: ReadonlySet<string> = new Set([
  'reportId',
  'placerNumber',
  'fillerNumber',
  'service',
  'section',
  'status',
  'statusAsSent',
  'statusSystem',
  'requestedAt',
  'collectedAt',
  'receivedAt',
  'issuedAt',
  'encounterId',
  'category',
])

/** Results in words, which stand only as long as the version of the report that stated them. */
const narrativeFields: ReadonlySet<string> = new Set([
  'conclusion',
  'conclusionCodes',
  'notes',
  'noteDetails',
])

/**
 * Whether a conclusion repeats a text that is an observation of the same message, and that is not
 * current any more.
 */
const repeatsFormer = (report: Report, { message, fields }: Report['header'][number]): boolean =>
  report.observations.some(
    (observation) =>
      !isCurrent(observation) &&
      observation.reported.some(
        (told) =>
          told.message === message &&
          told.value !== null &&
          `\n${fields.conclusion}\n`.includes(`\n${told.value}\n`),
      ),
  )

/**
 * Whether what a header field says in words does not stand any more. The notes of the message that
 * cancelled a report say why, and are shown.
 */
const isSuperseded = (report: Report, name: string): boolean => {
  if (!narrativeFields.has(name)) return false
  const from = firstSaying(report.header, name as 'conclusion' | 'notes')
  if (from === null) return false
  const isConclusion = name.startsWith('conclusion')
  const versions = versionsOf(report)
  return (
    versions.some((version) => replaces(version, from)) ||
    retractionsIn(versions).some(({ version }) =>
      isConclusion ? retracts(version, from) : omits(version, from),
    ) ||
    (name === 'conclusion' && repeatsFormer(report, from))
  )
}

/** Whether a field of a report's header may be shown. */
export const showsReportField = (report: Report, name: string): boolean =>
  identifyingFields.has(name) ||
  !(isWrongPatientReport(report) || isWithdrawn(report) || isSuperseded(report, name))
