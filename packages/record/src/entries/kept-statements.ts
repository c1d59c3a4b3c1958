import type { ObservationReported, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Observation } from '@tideway/schemas/events.generated'
import { withdrawalInWords } from '../withdrawal/withdrawn-in-words.ts'
import { newestOf } from './facts.ts'
import { isOfSegment } from './full-state.ts'
import { decidingWords, restsOn, type StatusStatement } from './settle-observation.ts'

/**
 * A monitor may report one observation for a year under one order; no one reads back further than
 * this, but for what its status rests on.
 */
export const reportsKept = 100

export const hasValue = ({
  value,
  coded,
  attachment,
}: Pick<Observation, 'value' | 'coded' | 'attachment'>): boolean =>
  value !== null || coded !== null || attachment !== null

/** Whether its report only refers to the observation, which was sent by itself. */
export const isReference = ({ byReference }: ObservationReported): boolean => byReference === true

/** The newest statement that says something of the observation, else the newest. */
export const newestSaid = ({
  reported,
}: Pick<ReportObservation, 'reported'>): ObservationReported | undefined =>
  reported.findLast((told) => !isReference(told)) ?? reported.at(-1)

export const statementOf = (told: ObservationReported): StatusStatement => ({
  status: told.status,
  hasValue: hasValue(told),
  isWhole: !isOfSegment(told),
  ...(isReference(told) ? { isReference: true } : {}),
  ...(told.retractedWith === undefined ? {} : { ofReport: true }),
})

/** Whether it was said in the report that holds it. */
export const isSaidHere = ({ elsewhere }: ObservationReported): boolean => elsewhere !== true

/**
 * What a statement can decide however many follow it: status and value, and which observation this
 * is.
 */
const wordsOf = (told: ObservationReported): string[] => [
  ...(isReference(told) ? ['referred to'] : decidingWords(statementOf(told))),
  ...(isSaidHere(told) && told.ownReportId !== null ? ['own'] : []),
  ...(withdrawalInWords(told) === null ? [] : ['withdrawn in words']),
]

/** The statements to keep: a final value stays final however many preliminary ones follow it. */
export const keptOf = (
  reported: readonly ObservationReported[],
  limit: number,
): ObservationReported[] =>
  newestOf(reported, limit, wordsOf, (kept, from) => restsOn(reported.map(statementOf), kept, from))
