import type { PatientEvent } from '@tideway/schemas/events.generated'
import { isObservationCode } from '../entries/settle-observation.ts'
import { isDoubtful } from '../status/report-status.ts'

/**
 * Something a person should look at: a result that was another patient's, or a code that has no
 * place in a result.
 */
export type Notice = { kind: 'WRONG_PATIENT' | 'DATA_QUALITY'; place: string }

/** @see HL7 v2.9 table 0085 (OBX-11 W) and table 0123 (OBR-25 Y, Z) */
export const noticesOf = ({ body, place }: PatientEvent): Notice[] => {
  if (body.type !== 'ResultReported') return []
  const doubtful = isDoubtful(body.status)
    ? [{ kind: 'DATA_QUALITY' as const, place: `${place}-25` }]
    : []
  const observations = body.observations.flatMap(({ status, place: segment }): Notice[] => {
    if (status === 'W') return [{ kind: 'WRONG_PATIENT', place: `${segment}-11` }]
    return status === null || isObservationCode(status)
      ? []
      : [{ kind: 'DATA_QUALITY', place: `${segment}-11` }]
  })
  return [...doubtful, ...observations]
}
