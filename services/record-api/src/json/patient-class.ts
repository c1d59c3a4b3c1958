import { Type } from 'typebox'
import { optionalText } from './schema/values.ts'

const classes = [
  'inpatient',
  'outpatient',
  'emergency',
  'pre-admission',
  'recurring',
  'obstetrics',
  'commercial',
  'not-applicable',
  'unknown',
] as const
export type PatientClass = (typeof classes)[number]

/** Answer for each patient class of the events. HL7 table 0004. */
const classOf: Readonly<Record<string, PatientClass>> = {
  INPATIENT: 'inpatient',
  OUTPATIENT: 'outpatient',
  EMERGENCY: 'emergency',
  PREADMIT: 'pre-admission',
  RECURRING: 'recurring',
  OBSTETRICS: 'obstetrics',
  COMMERCIAL: 'commercial',
  NOT_APPLICABLE: 'not-applicable',
  UNKNOWN: 'unknown',
}

/** Patient class as the fields of an answer. */
export const patientClassFields = {
  patientClass: Type.Optional(
    Type.Enum([...classes], {
      description:
        'HL7 table 0004 in words; `unknown` also for a code that is in no table. Absent if not sent.',
    }),
  ),
  patientClassAsSent: optionalText(
    "Code as sent if it is in no table, else the word of the source's table, e.g. INPATIENT.",
  ),
}

/** @param sent  as the events have it: a word of our table, or the code as sent if in no table */
export const patientClassOf = (
  sent: string | null | undefined,
): { patientClass: PatientClass | null; patientClassAsSent: string | null } => ({
  patientClass: sent == null ? null : (classOf[sent] ?? 'unknown'),
  patientClassAsSent: sent ?? null,
})
