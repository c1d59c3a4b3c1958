import type { Fate } from './expected.ts'

/** Resources that say something of one patient. */
const ofPatient = new Set([
  'AllergyIntolerance',
  'Appointment',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Immunization',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Patient',
  'Procedure',
  'RelatedPerson',
  'ServiceRequest',
])
const bundles = new Set([
  'Bundle/message',
  'Bundle/transaction',
  'Bundle/batch',
  'Bundle/document',
  'Bundle/collection',
])

/** Answers and workflow, each with why it is no clinical fact: no goal asks that they be mapped. */
export const noFacts: Readonly<Record<string, string>> = {
  'Bundle/searchset': 'the answer to a search',
  'Bundle/history': 'the answer to a reading of versions',
  'Bundle/batch-response': 'the answer to a batch',
  'Bundle/transaction-response': 'the answer to a transaction',
  OperationOutcome: 'the answer to a request',
  Parameters: 'what an operation is asked with, or answers',
  Task: 'the way of a prescription between systems: released, returned, withdrawn',
  Claim: 'what a pharmacy asks to be paid for; what it dispensed is told by a message of its own',
}

/**
 * What is asked of a file: events, where it is sent to say something of a patient.
 *
 * @param type     `Patient`, `Bundle/message`
 * @param entries  types of a Bundle's entries; one that lists practitioners alone is of no patient
 * @returns null for answers, workflow, and what is of no patient
 */
export const fhirFateOf = (type: string, entries: readonly string[]): Fate | null =>
  ofPatient.has(type) || (bundles.has(type) && entries.some((one) => ofPatient.has(one)))
    ? 'events'
    : null
