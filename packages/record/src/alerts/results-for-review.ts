import type { PatientEvent } from '@tideway/schemas/events.generated'
import { isObservationCode } from '../status/observation-status.ts'
import { isDoubtful } from '../status/report-status.ts'
import { isWrongPatient } from './wrong-patient.ts'

/** A result an operator should review: of the wrong patient, or with a code not valid in a result. */
export type ResultForReview = { kind: 'WRONG_PATIENT' | 'DATA_QUALITY'; place: string }

/** @see HL7 v2.9 table 0085 (OBX-11 W) and table 0123 (OBR-25 Y, Z) */
export const resultsForReview = ({ body, place }: PatientEvent): ResultForReview[] => {
  if (body.type !== 'ResultReported') return []
  const doubtful = isDoubtful(body.status)
    ? [{ kind: 'DATA_QUALITY' as const, place: `${place}-25` }]
    : []
  const observations = body.observations.flatMap((observation): ResultForReview[] => {
    const { status, place: segment } = observation
    if (isWrongPatient(observation)) return [{ kind: 'WRONG_PATIENT', place: `${segment}-11` }]
    return status === null || isObservationCode(status)
      ? []
      : [{ kind: 'DATA_QUALITY', place: `${segment}-11` }]
  })
  return [...doubtful, ...observations]
}
