import type { Entry, ReportObservation } from '@tideway/schemas/documents/entry'
import type {
  Alarm,
  Observation,
  PatientEvent,
  ResultReported,
} from '@tideway/schemas/events.generated'
import { isSaidHere } from '../entries/kept-statements.ts'
import { retractionOf } from '../status/report-status.ts'
import { retractsReport } from '../withdrawal/retracting-events.ts'
import { isCurrent } from '../withdrawal/shown-after-withdrawal.ts'
import {
  correctsInWords,
  withdrawalInValue,
  withdrawalInWords,
  withdrawingInWords,
} from '../withdrawal/withdrawn-in-words.ts'
import { isCriticalResult } from './critical-result.ts'
import { recipients } from './recipients.ts'
import { isWrongPatient, isWrongPatientInWords } from './wrong-patient.ts'

type Data = Entry['data'] | null

/** The observation that a message stated, as it is known after it. */
const statedIn = (data: Data, messageId: string, place: string): ReportObservation | undefined =>
  data === null || data.kind !== 'report'
    ? undefined
    : data.observations.find(({ reported }) =>
        reported.some(
          (told) => told.message === messageId && told.place === place && isSaidHere(told),
        ),
      )

type Placed = { message: string; place: string }

/** Where words say that a value stated here, or one before it, is another patient's. */
const wrongPatientInWords = (
  observation: Observation,
  stated: ReportObservation | undefined,
  message: string,
): Placed | null => {
  const { place } = observation
  if (isWrongPatientInWords(correctsInWords(observation))) return { message, place }
  const by = stated === undefined ? null : withdrawingInWords(stated.reported, { message, place })
  if (by === null || !isWrongPatientInWords(withdrawalInWords(by))) return null
  // It was raised when that message came.
  return by.message !== message && correctsInWords(by) !== null ? null : by
}

/**
 * Whether an observation has a value to act on: not if its report was cancelled later, a later
 * version left it out, or words withdraw it, and this message comes late.
 */
const isToActOn = (
  observation: Observation,
  stated: ReportObservation | undefined,
  messageId: string,
): boolean => {
  if (withdrawalInValue(observation) !== null) return false
  if (stated === undefined) return true
  const by = withdrawingInWords(stated.reported, { message: messageId, place: observation.place })
  const isWithdrawn = by !== null && by.message !== messageId
  return isCurrent(stated) && !isWithdrawn
}

/** Alarms of a report of results, see `clinicalAlerts`. */
export const resultAlerts = (
  body: ResultReported,
  { source, messageId, place: reportPlace }: PatientEvent,
  data: Data,
): Alarm[] => {
  const tell = recipients(
    [
      ['REQUESTER', body.requesters],
      ['COPY_TO', body.copyTo],
      ['INTERPRETER', body.interpreters],
    ],
    source,
  )
  if (retractsReport(body))
    return [{ code: 'RESULT_RETRACTED', place: reportPlace, message: messageId, tell }]
  return body.observations.flatMap((observation): Alarm[] => {
    const { place } = observation
    if (isWrongPatient(observation))
      return [{ code: 'WRONG_PATIENT', place: `${place}-11`, message: messageId, tell }]
    const stated = statedIn(data, messageId, place)
    const inWords = wrongPatientInWords(observation, stated, messageId)
    const isCritical =
      isCriticalResult(observation) &&
      retractionOf(body.status) === null &&
      isToActOn(observation, stated, messageId)
    return [
      ...(inWords === null
        ? []
        : [
            {
              code: 'WRONG_PATIENT' as const,
              place: inWords.place,
              message: inWords.message,
              tell,
            },
          ]),
      ...(isCritical
        ? [{ code: 'CRITICAL_RESULT' as const, place: `${place}-8`, message: messageId, tell }]
        : []),
    ]
  })
}
