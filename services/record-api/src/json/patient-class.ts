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
    'The code as sent, e.g. I or IMP. In what was stored by a release before this one: our word for it, e.g. INPATIENT.',
  ),
}

/**
 * @param patientClass  as the events have it: a word of our table, or the code as sent if in none
 * @param asSent        the code as sent; absent or null in what an earlier release stored
 */
export const patientClassOf = (
  patientClass: string | null | undefined,
  asSent: string | null | undefined,
): { patientClass: PatientClass | null; patientClassAsSent: string | null } => ({
  patientClass: patientClass == null ? null : (classOf[patientClass] ?? 'unknown'),
  patientClassAsSent: asSent ?? patientClass ?? null,
})
