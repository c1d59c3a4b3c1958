import type { PatientEvent } from '@tideway/schemas/events.generated'
import { observationStatuses } from '../status/observation-status.ts'
import { isDoubtful } from '../status/report-status.ts'
import { isUnlisted } from '../status/status-table.ts'
import { namesOtherSubject } from '../withdrawal/other-subject.ts'
import { correctsInWords } from '../withdrawal/withdrawn-in-words.ts'
import { isWrongPatient, isWrongPatientInWords } from './wrong-patient.ts'

/**
 * Something an operator should review: a result of the wrong patient, or a status whose code is not
 * valid there.
 */
export type ResultForReview = { kind: 'WRONG_PATIENT' | 'DATA_QUALITY'; place: string }

const statusFields = [
  'status',
  'completion',
  'availability',
  'clinicalStatus',
  'verificationStatus',
]

/** Whether any status of an event was sent as a code that is in no table. */
const hasUnlisted = (body: Readonly<Record<string, unknown>>): boolean =>
  statusFields.some((name) => {
    const sent = body[`${name}AsSent`] ?? null
    return body[name] === 'unknown' && sent !== null && sent !== 'unknown'
  })

/** @see HL7 v2.9 table 0085 (OBX-11 W) and table 0123 (OBR-25 Y, Z) */
export const resultsForReview = ({ body, place }: PatientEvent): ResultForReview[] => {
  if (namesOtherSubject({ place })) return [{ kind: 'WRONG_PATIENT', place }]
  if (body.type !== 'ResultReported')
    return hasUnlisted(body) ? [{ kind: 'DATA_QUALITY', place }] : []
  const doubtful = isDoubtful(body) ? [{ kind: 'DATA_QUALITY' as const, place: `${place}-25` }] : []
  const observations = body.observations.flatMap((observation): ResultForReview[] => {
    const place = `${observation.place}-11`
    if (isWrongPatient(observation)) return [{ kind: 'WRONG_PATIENT', place }]
    if (isWrongPatientInWords(correctsInWords(observation)))
      return [{ kind: 'WRONG_PATIENT', place: observation.place }]
    return isUnlisted(observationStatuses, observation) ? [{ kind: 'DATA_QUALITY', place }] : []
  })
  return [...doubtful, ...observations]
}
