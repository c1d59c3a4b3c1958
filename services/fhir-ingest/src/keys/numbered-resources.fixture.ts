import { system } from '../sender.fixture.ts'

export const number = (value = 'N1') => [{ system: system('X99', 'report'), value }]
export const subject = { reference: 'Patient/123' }
const concept = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const about = { subject, identifier: number() }

type Kind = { resourceType: string; [name: string]: unknown }
/** A resource of each type that has an entry, about one thing or another. */
const kinds: Record<string, (code: string) => Kind> = {
  Observation: (code) => ({
    ...about,
    resourceType: 'Observation',
    status: 'final',
    code: concept(code),
  }),
  DiagnosticReport: (code) => ({
    ...about,
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: concept(code),
  }),
  'DiagnosticReport by accession number': (code) => ({
    subject,
    identifier: [{ ...number()[0], type: { coding: [{ code: 'ACSN' }] } }],
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: concept(code),
  }),
  MedicationRequest: (code) => ({
    ...about,
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: concept(code),
  }),
  MedicationStatement: (code) => ({
    ...about,
    resourceType: 'MedicationStatement',
    status: 'active',
    medicationCodeableConcept: concept(code),
  }),
  MedicationDispense: (code) => ({
    ...about,
    resourceType: 'MedicationDispense',
    status: 'completed',
    medicationCodeableConcept: concept(code),
  }),
  MedicationAdministration: (code) => ({
    ...about,
    resourceType: 'MedicationAdministration',
    status: 'completed',
    medicationCodeableConcept: concept(code),
    effectiveDateTime: '2026-11-30T08:00:00Z',
  }),
  Condition: (code) => ({ ...about, resourceType: 'Condition', code: concept(code) }),
  AllergyIntolerance: (code) => ({
    identifier: number(),
    patient: subject,
    resourceType: 'AllergyIntolerance',
    code: concept(code),
  }),
  Immunization: (code) => ({
    identifier: number(),
    patient: subject,
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: concept(code),
    occurrenceDateTime: '2026-11-30',
  }),
  Procedure: (code) => ({
    ...about,
    resourceType: 'Procedure',
    status: 'completed',
    code: concept(code),
  }),
  ServiceRequest: (code) => ({
    ...about,
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    code: concept(code),
  }),
  'ServiceRequest of a referral': (code) => ({
    ...about,
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ code: '3457005' }] }],
    code: concept(code),
  }),
  Flag: (code) => ({ ...about, resourceType: 'Flag', status: 'active', code: concept(code) }),
  DocumentReference: (code) => ({
    ...about,
    resourceType: 'DocumentReference',
    status: 'current',
    type: concept(code),
    content: [{ attachment: { contentType: 'text/plain', data: 'SGVsbG8=' } }],
  }),
  Appointment: (code) => ({
    identifier: number(),
    resourceType: 'Appointment',
    status: 'booked',
    serviceType: [concept(code)],
    start: '2026-12-10T09:00:00Z',
    end: '2026-12-10T09:30:00Z',
    participant: [{ actor: subject, status: 'accepted' }],
  }),
  RelatedPerson: (code) => ({
    identifier: number(),
    patient: subject,
    resourceType: 'RelatedPerson',
    name: [{ family: code }],
  }),
  CarePlan: (code) => ({
    ...about,
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    category: [concept(code)],
  }),
  Goal: (code) => ({
    ...about,
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: concept(code),
  }),
  FamilyMemberHistory: (code) => ({
    identifier: number(),
    patient: subject,
    resourceType: 'FamilyMemberHistory',
    status: 'completed',
    relationship: concept(code),
  }),
}
export const names = Object.keys(kinds)
export const of = (name: string, code: string, more: object = {}) => ({
  ...(kinds[name]?.(code) as Kind),
  ...more,
})
