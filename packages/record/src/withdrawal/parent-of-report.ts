import type {
  Contribution,
  Entry,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { codeName } from '../keys/business-key.ts'
import { isWithdrawnStatus } from '../status/observation-status.ts'
import { isCurrent } from './shown-after-withdrawal.ts'

/** Between the number of a report and its service, in its key. */
const separator = '^'

type Said = Pick<
  ResultReported,
  'fillerNumber' | 'parentFillerNumber' | 'parentResult' | 'parentSubId'
>

const saidIn = <Field extends keyof Said>(
  { header }: Report,
  field: Field,
): NonNullable<Said[Field]> | null =>
  (header as Contribution<Partial<Said>>[]).find(({ fields }) => Object.hasOwn(fields, field))
    ?.fields[field] ?? null

/**
 * Beginning of the `_id` of the reports that may hold the parent result of a report (OBR-26): those
 * with the parent's number (OBR-29), else with its own. Null if it names no parent result.
 */
export const parentPrefixOf = ({ patient, data }: Entry): string | null => {
  if (data.kind !== 'report' || codeName(saidIn(data, 'parentResult')) === null) return null
  const { reportId } = data
  const end = reportId.indexOf(separator)
  if (end === -1) return null
  const own = saidIn(data, 'fillerNumber')
  const parent = saidIn(data, 'parentFillerNumber') ?? own
  const number = reportId.slice(0, end)
  if (own === null || parent === null || !number.endsWith(own)) return null
  return entryIdOf(
    patient,
    'report',
    `${number.slice(0, number.length - own.length)}${parent}${separator}`,
  )
}

/** First `_id` after those that begin so; `_` follows `^`. */
export const endOfPrefix = (prefix: string): string => `${prefix.slice(0, -separator.length)}_`

const stands = (observation: ReportObservation): boolean =>
  isCurrent(observation) && !isWithdrawnStatus(observation.status)

/**
 * A report as its parent result stands: the sensitivities of an organism that the culture no longer
 * has, or that was withdrawn, are not current. The messages that say so do not name them. Where the
 * parent result is not known nothing is said.
 *
 * @param parents  reports that begin with `parentPrefixOf`
 */
export const asParentStands = (report: Report, parents: readonly Report[]): Report => {
  const name = codeName(saidIn(report, 'parentResult'))
  const subId = saidIn(report, 'parentSubId')
  const found = parents
    .filter(({ reportId }) => reportId !== report.reportId)
    .flatMap(({ observations }) => observations)
    .filter((one) => codeName(one.code) === name && (subId === null || one.subId === subId))
  if (found.length === 0 || found.some(stands)) return report
  return {
    ...report,
    observations: report.observations.map((observation) =>
      isCurrent(observation)
        ? { ...observation, notCurrent: 'parent-not-current' as const }
        : observation,
    ),
  }
}
