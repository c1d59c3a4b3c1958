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
import { withdrawalInWords } from '@tideway/record/withdrawal/withdrawn-in-words'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { receivedAtOf } from './entry.ts'
import { abnormalIn } from './abnormal.ts'
import { Earlier, earlierBy, said, saidBy } from './schema/observation-said.ts'
import { NotCurrentWord, ObservationStatusWord } from './schema/status-words.ts'
import {
  Coded,
  list,
  object,
  optional,
  optionalInstant,
  optionalText,
  text,
} from './schema/values.ts'

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
