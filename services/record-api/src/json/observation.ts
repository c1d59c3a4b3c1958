import type {
  ObservationReported,
  ObservationStatus,
  Origin,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { isWithdrawnObservation } from '@tideway/record/withdrawal/is-withdrawn'
import { earlierValues, shownValue } from '@tideway/record/withdrawal/shown-after-withdrawal'
import { type Static, Type } from 'typebox'
import { receivedAtOf } from './entry.ts'
import { type More, restOf, saysAny } from './more.ts'
import {
  Attachment,
  clinicalTime,
  Coded,
  instant,
  instantOrNull,
  list,
  Numeric,
  object,
  orNull,
  text,
  textOrNull,
} from './values.ts'

const statuses = [
  'registered',
  'preliminary',
  'final',
  'verified',
  'amended',
  'corrected',
  'cancelled',
  'not-asked',
  'entered-in-error',
  'wrong-patient',
  'unknown',
] as const satisfies readonly ObservationStatus[]

export const ObservationStatusWord = Type.Enum(statuses, {
  description:
    'HL7 table 0085 in words. `entered-in-error` and `wrong-patient` are withdrawn: no value is shown.',
})

/** The same of a document. */
export const DocumentStatusWord = Type.Enum([...statuses, 'superseded'] as const, {
  description:
    'As of an observation; HL7 tables 0271 and 0273 where they say more. `superseded`: another took its place, it can still be opened.',
})

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
/** Fields of an observation that are not answered, and why. */
export const observationNotShown = {
  ownReportId: 'Brings it together with what is told of it by itself, which is what is shown.',
  ownKey: 'As ownReportId.',
}
/** Fields of an observation that are answered under `more`. */
export const observationMore = restOf('Observation', elsewhere, observationNotShown)
const ObservationMore = Type.Unsafe<More>(
  object('ObservationMore', 'What few laboratories say of a value.', observationMore.fields),
)

const said = {
  value: textOrNull('As sent, in the precision sent; comparators kept. Repetitions one a line.'),
  valueType: textOrNull('HL7 table 0125, e.g. NM, SN, TX.'),
  coded: orNull(Coded, 'The value where it is a code.'),
  attachment: orNull(Attachment, 'The value where it is a document or picture.'),
  unit: orNull(Coded, 'As sent with this value; values in different units are not comparable.'),
  ucum: textOrNull(
    'The unit in UCUM by our tables; values of one UCUM unit are comparable. Null where there is none.',
  ),
  numeric: orNull(Numeric, 'The value as a number; null where it is none.'),
  range: textOrNull('Reference range that came with this value.'),
  flags: list(Type.String(), 'Abnormal flags of the laboratory, HL7 table 0078, e.g. H, LL.'),
  statusAsSent: textOrNull('The code as sent: OBX-11, or Observation.status.'),
  statusSystem: textOrNull('The table or value set of that code, e.g. HL70085.'),
  observedAt: clinicalTime('Clinically relevant time (OBX-14).'),
  analysedAt: clinicalTime('OBX-19.'),
  notes: list(Type.String()),
  more: orNull(ObservationMore, 'Null where nothing else was said, or if withdrawn.'),
  receivedAt: instant('When the message that said so was received.'),
  message: text("Message id, as in the entry's `origins`."),
  segment: text('Segment in that message, e.g. OBX[3].'),
}

const Earlier = object(
  'EarlierValue',
  'What was said of this observation before. It stays reachable because somebody may have acted on it.',
  said,
)

export const Observation = object(
  'ReportObservation',
  'One observation of a report, as it stands now.',
  {
    key: text('Identity within the report.'),
    code: Coded,
    subId: textOrNull('OBX-4.'),
    status: ObservationStatusWord,
    ...said,
    producer: orNull(Coded, 'Laboratory or department that performed it.'),
    method: orNull(Coded),
    bodySite: orNull(Coded),
    absentReason: orNull(
      Type.Enum(['not-performed', 'not-asked', 'temp-unknown', 'withdrawn', 'unknown']),
      'Why there is no value, in the words of FHIR data-absent-reason, or `withdrawn`; null if there is one.',
    ),
    reason: textOrNull("Why it was cancelled, in the sender's words."),
    withdrawnAt: instantOrNull(
      'When the message that withdrew it was received; null if it stands.',
    ),
    earlier: list(Earlier, 'Newest first; empty for a withdrawn one.'),
  },
)
export type Observation = Static<typeof Observation>

const absentReasons: Partial<
  Record<ObservationStatus, Static<typeof Observation>['absentReason']>
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

const saidBy = (report: ObservationReported): Static<typeof Earlier> => ({
  value: report.value,
  valueType: report.valueType,
  coded: report.coded,
  attachment: report.attachment,
  unit: report.unit,
  ucum: report.ucum ?? null,
  numeric: report.numeric ?? null,
  range: report.range,
  flags: report.flags,
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

const nothing = {
  value: null,
  coded: null,
  attachment: null,
  unit: null,
  ucum: null,
  numeric: null,
  range: null,
  flags: [],
  notes: [],
}

const standing = { absentReason: null, reason: null, withdrawnAt: null }

/**
 * One observation for a reader: the value that stands, or that and why there is none.
 *
 * @param takenBackBy  the word that took back the whole report; null: it stands
 */
export const observationOf = (
  observation: ReportObservation,
  takenBackBy: Origin | null = null,
): Observation => {
  const { key, code, subId, status, reported } = observation
  const newest = reported.at(-1) as ObservationReported
  const shown = shownValue(observation)
  const earlier = earlierValues(observation).map(saidBy)
  const base = {
    key,
    code,
    subId,
    status,
    producer: newest.producer,
    method: newest.method,
    bodySite: newest.bodySite,
  }
  if (shown !== null)
    return {
      ...base,
      ...saidBy(shown),
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
    absentReason: absentReasons[status] ?? 'unknown',
  }
  if (isWithdrawnObservation(observation))
    return {
      ...absent,
      more: null,
      withdrawnAt: receivedAtOf((takenBackBy ?? newest).version),
      earlier,
    }
  return status === 'cancelled'
    ? { ...absent, reason: reasonOf(newest), earlier }
    : { ...absent, notes: newest.notes, earlier }
}

const reasonOf = ({ value, notes }: ObservationReported): string | null =>
  [value, ...notes].filter((part) => part !== null && part !== '').join('\n') || null
