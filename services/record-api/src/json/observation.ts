import type {
  ObservationReported,
  ObservationStatus,
  Origin,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { newestSaid } from '@tideway/record/entries/kept-statements'
import { isWithdrawnObservation } from '@tideway/record/withdrawal/is-withdrawn'
import {
  earlierValues,
  insteadOfValue,
  type RetractionByReport,
  shownValue,
  saidWithoutValue,
} from '@tideway/record/withdrawal/shown-after-withdrawal'
import { withdrawalInWords, wordsAgainst } from '@tideway/record/withdrawal/withdrawn-in-words'
import { type Static, Type } from 'typebox'
import type { WordsOfWithdrawal } from '@tideway/record/withdrawal/words-of-withdrawal'
import type { Presented } from './schema/answer.ts'
import { receivedAtOf } from './entry.ts'
import { Abnormal, abnormalIn } from './abnormal.ts'
import { type More, restOf, saysAny } from './schema/more.ts'
import { NotCurrentWord, ObservationStatusWord } from './schema/status-words.ts'
import {
  Attachment,
  clinicalTime,
  Coded,
  instant,
  optionalInstant,
  list,
  Numeric,
  object,
  optional,
  text,
  optionalText,
  statusSystem,
} from './schema/values.ts'

const elsewhere = [
  'key',
  'code',
  'subId',
  'place',
  'value',
  'valueType',
  'coded',
  'attachment',
  'unit',
  'ucum',
  'numeric',
  'range',
  'flags',
  'status',
  'statusAsSent',
  'statusSystem',
  'observedAt',
  'analysedAt',
  'notes',
  'producer',
  'method',
  'bodySite',
]
/** Fields of an observation that are not in an answer, with the reason. */
export const observationNotShown = {
  ownReportId: 'Key that matches it to a standalone observation; the result of the match is shown.',
  ownKey: 'As ownReportId.',
  byReference: 'As ownReportId: its value is that of the standalone observation.',
}
/** Fields of an observation under `more`. */
export const observationMore = restOf('Observation', elsewhere, observationNotShown)
const ObservationMore = Type.Unsafe<More>(
  object('ObservationMore', 'Rarely sent fields of an observation.', observationMore.fields),
)

const said = {
  value: optionalText('As sent, with its precision and comparator; one repetition a line.'),
  valueType: optionalText('HL7 table 0125, e.g. NM, SN, TX.'),
  coded: optional(Coded, 'The value, if it is a code.'),
  attachment: optional(Attachment, 'The value, if it is a document or image.'),
  unit: optional(Coded, 'As sent; values in different units are not comparable.'),
  ucum: optionalText(
    'The unit in UCUM, if our tables have it; values with the same UCUM unit are comparable.',
  ),
  numeric: optional(Numeric, 'The value as a number, if it is one.'),
  range: optionalText('Reference range sent with this value.'),
  flags: list(Type.String(), 'Abnormal flags of the laboratory, HL7 table 0078, e.g. H, LL.'),
  abnormal: optional(Abnormal, 'Absent if the value is not known to be abnormal.'),
  statusAsSent: optionalText('The code as sent: OBX-11, or Observation.status.'),
  statusSystem: statusSystem('URI of the table or value set of that code.'),
  observedAt: clinicalTime('Clinically relevant time (OBX-14).'),
  analysedAt: clinicalTime('OBX-19.'),
  notes: list(Type.String()),
  more: optional(ObservationMore, 'Other fields; absent if withdrawn.'),
  receivedAt: instant('When the message was received.'),
  message: text("Message id, as in the entry's `origins`."),
  segment: text('Segment in that message, e.g. OBX[3].'),
}

const Earlier = object(
  'EarlierValue',
  'An earlier value of the observation. It stays visible, as somebody may have acted on it.',
  {
    ...said,
    withdrawn: optional(
      Type.Enum([
        'wrong-patient',
        'mislabelled',
        'entered-in-error',
      ] as const satisfies readonly WordsOfWithdrawal[]),
      'A later statement says in words that this value does not stand. It was never valid for this patient, and has no `abnormal`.',
    ),
  },
)

export const ObservationAnswer = object(
  'ReportObservation',
  'An observation of a report: its current value.',
  {
    key: text('Identity within the report.'),
    code: Coded,
    subId: optionalText('OBX-4.'),
    status: ObservationStatusWord,
    notCurrent: optional(
      NotCurrentWord,
      'Absent if current. `not-confirmed`: not final, and omitted by a later final report. `not-in-latest-version`: the latest version of the report does not list it. `parent-not-current`: a sensitivity of an organism that is not current (OBR-26). The value is shown as it was, in no summary and without `abnormal`.',
    ),
    ...said,
    producer: optional(Coded, 'Laboratory or department that performed it.'),
    method: optional(Coded),
    bodySite: optional(Coded),
    absentReason: optional(
      Type.Enum(['not-performed', 'not-asked', 'temp-unknown', 'withdrawn', 'unknown']),
      'Why there is no value: a code of FHIR data-absent-reason, or `withdrawn`.',
    ),
    reason: optionalText(
      'Reason for cancellation, as sent; of a cancelled report, the notes of that message.',
    ),
    withdrawnAt: optionalInstant('When the message that withdrew it was received.'),
    earlier: list(Earlier, 'Newest first; empty if withdrawn.'),
  },
)
export type ObservationAnswer = Static<typeof ObservationAnswer>

const absentReasons: Partial<
  Record<ObservationStatus, Static<typeof ObservationAnswer>['absentReason']>
> = {
  cancelled: 'not-performed',
  'not-asked': 'not-asked',
  registered: 'temp-unknown',
  'entered-in-error': 'withdrawn',
  'wrong-patient': 'withdrawn',
}

const moreOf = (report: ObservationReported): More | null => {
  const more = observationMore.of(report)
  return saysAny(more) ? more : null
}

const saidBy = (
  report: ObservationReported,
): Omit<Presented<Static<typeof Earlier>>, 'withdrawn'> => ({
  value: report.value,
  valueType: report.valueType,
  coded: report.coded,
  attachment: report.attachment,
  unit: report.unit,
  ucum: report.ucum ?? null,
  numeric: report.numeric ?? null,
  range: report.range,
  flags: report.flags,
  abnormal: abnormalIn(report),
  statusAsSent: report.statusAsSent,
  statusSystem: report.statusSystem,
  observedAt: report.observedAt,
  analysedAt: report.analysedAt,
  notes: report.notes,
  more: moreOf(report),
  receivedAt: receivedAtOf(report.version),
  message: report.message,
  segment: report.place,
})

const earlierBy = (
  { reported }: ReportObservation,
  report: ObservationReported,
): Presented<Static<typeof Earlier>> => {
  const withdrawn = wordsAgainst(reported, report)
  const said = saidBy(report)
  return { ...said, abnormal: withdrawn === null ? (said.abnormal ?? null) : null, withdrawn }
}

const nothing = {
  value: null,
  coded: null,
  attachment: null,
  unit: null,
  ucum: null,
  numeric: null,
  range: null,
  flags: [],
  abnormal: null,
  notes: [],
}

const standing = { absentReason: null, reason: null, withdrawnAt: null }

/** What is said of a result whose value was not sent: its flags stand without it. */
const flaggedAlone = (observation: ReportObservation) => {
  const said = saidWithoutValue(observation)
  if (said === null) return {}
  const { unit, ucum = null, range, flags } = said
  const abnormal = observation.notCurrent === undefined ? abnormalIn(said) : null
  return { unit, ucum, range, flags, abnormal }
}

/**
 * One observation as an answer: its current value, or the reason why there is none.
 *
 * @param retractedBy  the statement that retracted the whole report; null if there is none
 * @param byReport  see `retractionByReport`
 */
export const observationOf = (
  observation: ReportObservation,
  retractedBy: Origin | null = null,
  byReport: RetractionByReport | null = null,
): Presented<ObservationAnswer> => {
  const { key, code, subId, status, notCurrent = null } = observation
  const newest = newestSaid(observation) as ObservationReported
  const shown = shownValue(observation)
  const earlier = earlierValues(observation).map((one) => earlierBy(observation, one))
  const base = {
    key,
    code,
    subId,
    status,
    notCurrent,
    producer: newest.producer,
    method: newest.method,
    bodySite: newest.bodySite,
  }
  if (shown !== null)
    return {
      ...base,
      ...saidBy(shown),
      ...(notCurrent === null ? {} : { abnormal: null }),
      statusAsSent: newest.statusAsSent,
      statusSystem: newest.statusSystem,
      ...standing,
      earlier,
    }
  const absent = {
    ...base,
    ...saidBy(newest),
    ...nothing,
    ...standing,
    absentReason:
      absentReasons[status] ?? (withdrawalInWords(newest) === null ? 'unknown' : 'withdrawn'),
    ...flaggedAlone(observation),
  }
  if (isWithdrawnObservation(observation))
    return {
      ...absent,
      more: null,
      withdrawnAt: receivedAtOf((retractedBy ?? byReport?.by ?? newest).version),
      earlier,
    }
  const instead = { value: insteadOfValue(observation), notes: newest.notes }
  return status === 'cancelled'
    ? { ...absent, reason: reasonOf(byReport ?? instead), earlier }
    : { ...absent, notes: newest.notes, earlier }
}

const reasonOf = ({ value, notes }: Pick<RetractionByReport, 'value' | 'notes'>): string | null =>
  [value, ...notes].filter((part) => part !== null && part !== '').join('\n') || null
