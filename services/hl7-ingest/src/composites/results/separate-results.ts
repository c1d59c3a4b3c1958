import { preferredNumber } from '@tideway/record/keys/clinical-keys'
import { readRequestStatus } from '@tideway/record/status/order-status'
import { statusAs } from '@tideway/record/status/status-table'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { numberIn, ownerOf, readEntityNumber } from '../../datatypes/ei.ts'
import { optionalTime } from '../../datatypes/time-field.ts'
import { resultGroups } from '../../groups/result-groups.ts'
import type { LooseResults, SeparateResults } from '../../groups/separate-results.ts'
import { statementKey } from '../../keys/business-key.ts'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import { readVisitObservations } from '../visit/visit-observations.ts'
import { readResults } from './results.ts'

/** Segments that tell whose results they are. */
const ofPatient = new Set(['MSH', 'EVN', 'PID'])

/**
 * Reports of a message about something else, and its observations without an order, which are those
 * of the visit.
 */
export const readSeparateResults = (
  { ordered, loose }: SeparateResults,
  message: Hl7Message,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent[] => [
  ...(ordered.length === 0 ? [] : reportsOf(ordered, message, context)).map((draft) =>
    withResult(draft, () => ({ encounterId })),
  ),
  ...loose
    .filter(({ orc }) => orc !== null)
    .flatMap((one) => numberedObservations(one, patientKey, encounterId, context)),
  ...readVisitObservations(
    loose.flatMap(({ orc, observations }) => (orc === null ? observations : [])),
    patientKey,
    encounterId,
    context,
  ),
]

const withResult = (
  draft: Hl7DraftEvent,
  more: (report: ResultReported) => Partial<ResultReported>,
): Hl7DraftEvent =>
  draft.body.type === 'ResultReported'
    ? { ...draft, body: { ...draft.body, ...more(draft.body) } }
    : draft

const reportsOf = (
  ordered: SeparateResults['ordered'],
  message: Hl7Message,
  context: Context,
): Hl7DraftEvent[] => {
  const alone: Hl7Message = {
    ...message,
    segments: [...message.segments.filter(({ name }) => ofPatient.has(name)), ...ordered],
  }
  return readResults(alone, resultGroups(alone), context).filter(
    ({ body }) => body.type !== 'PatientDetailsReported',
  )
}

/** Observations below an ORC without an OBR: of the visit, with the numbers of the order. */
const numberedObservations = (
  { orc, observations }: LooseResults,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent[] => {
  const drafts = readVisitObservations(observations, patientKey, encounterId, context)
  if (orc === null) return drafts
  const [placer, filler] = [readEntityNumber(orc, 2), readEntityNumber(orc, 3)]
  const order = {
    placerNumber: placer.number,
    placerAuthority: placer.authority,
    fillerNumber: filler.number,
    fillerAuthority: filler.authority,
    control: text(orc, 1),
    ...statusAs('orderStatus', readRequestStatus(text(orc, 5), 'HL70038')),
    requestedAt: optionalTime(orc, 9, context),
  }
  const number = preferredNumber('report', { placer: numberIn(placer), filler: numberIn(filler) })
  if (number === null) return drafts.map((draft) => withResult(draft, () => order))
  const name = `${ownerOf(number.authority, context.source)}:${number.number}`
  return drafts.map((draft) =>
    withResult(draft, ({ collectedAt }) => ({
      ...order,
      reportId: statementKey(patientKey, context, null, ['ADT', encounterId, collectedAt, name]),
    })),
  )
}
