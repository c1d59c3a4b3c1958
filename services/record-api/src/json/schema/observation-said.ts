import type { ObservationReported, ReportObservation } from '@tideway/schemas/documents/entry'
import { wordsAgainst } from '@tideway/record/withdrawal/withdrawn-in-words'
import type { WordsOfWithdrawal } from '@tideway/record/withdrawal/words-of-withdrawal'
import { type Static, Type } from 'typebox'
import type { Presented } from './answer.ts'
import { receivedAtOf } from '../entry.ts'
import { Abnormal, abnormalIn } from '../abnormal.ts'
import { type More, restOf, saysAny } from './more.ts'
import {
  Attachment,
  clinicalTime,
  Coded,
  instant,
  list,
  Numeric,
  object,
  optional,
  optionalText,
  statusSystem,
  text,
} from './values.ts'

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

/** What one statement says of a value. */
export const said = {
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

export const Earlier = object(
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

const moreOf = (report: ObservationReported): More | null => {
  const more = observationMore.of(report)
  return saysAny(more) ? more : null
}

export const saidBy = (
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

/** An earlier value, with the words that withdraw it. */
export const earlierBy = (
  { reported }: ReportObservation,
  report: ObservationReported,
): Presented<Static<typeof Earlier>> => {
  const withdrawn = wordsAgainst(reported, report)
  const said = saidBy(report)
  return { ...said, abnormal: withdrawn === null ? (said.abnormal ?? null) : null, withdrawn }
}
