import { showing, statusReader, type StatusTable } from './status-table.ts'

/**
 * IAM-17, HL7 v2.9 table 0438, allergy clinical status; and FHIR R4
 * AllergyIntolerance.clinicalStatus. The HL7 table is finer: it says how sure the sender is too.
 */
export const allergyStatuses = {
  active: { ALLERGYINTOLERANCE_CLINICAL: 'active' },
  unconfirmed: { HL70438: 'U' },
  pending: { HL70438: 'P' },
  suspected: { HL70438: 'S' },
  confirmed: { HL70438: 'C' },
  doubted: { HL70438: 'D' },
  inactive: { ALLERGYINTOLERANCE_CLINICAL: 'inactive' },
  'confirmed-inactive': { HL70438: 'I' },
  resolved: { ALLERGYINTOLERANCE_CLINICAL: 'resolved' },
  erroneous: { HL70438: 'E' },
} as const satisfies StatusTable<string>

/** FHIR R4 AllergyIntolerance.verificationStatus. */
export const allergyVerifications = {
  unconfirmed: { ALLERGYINTOLERANCE_VERIFICATION: 'unconfirmed' },
  confirmed: { ALLERGYINTOLERANCE_VERIFICATION: 'confirmed' },
  refuted: { ALLERGYINTOLERANCE_VERIFICATION: 'refuted' },
  'entered-in-error': { ALLERGYINTOLERANCE_VERIFICATION: 'entered-in-error' },
} as const satisfies StatusTable<string>

export const readAllergyStatus = statusReader(allergyStatuses)
export const readAllergyVerification = statusReader(allergyVerifications)

/** Status of an allergy in the record. A doubted allergy is a risk until it is refuted. */
export const shownAllergyStatus = showing(allergyStatuses, {
  unconfirmed: 'active',
  pending: 'active',
  suspected: 'active',
  confirmed: 'active',
  doubted: 'active',
  'confirmed-inactive': 'inactive',
  erroneous: 'entered-in-error',
})
