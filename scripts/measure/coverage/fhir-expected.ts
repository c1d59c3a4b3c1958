import type { Fate } from './expected.ts'

/** Resource types about one patient. */
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

/**
 * Answers and workflow resources, each with the reason why it holds no clinical fact. They need not
 * be mapped.
 */
export const noFacts: Readonly<Record<string, string>> = {
  'Bundle/searchset': 'the answer to a search',
  'Bundle/history': 'the answer to a history request',
  'Bundle/batch-response': 'the answer to a batch',
  'Bundle/transaction-response': 'the answer to a transaction',
  OperationOutcome: 'the answer to a request',
  Parameters: 'input or output of an operation',
  Task: 'workflow of a prescription between systems: released, returned, withdrawn',
  Claim: "a pharmacy's claim for payment; the dispense has its own message",
}

/**
 * Required outcome of a file: events, if it reports something about a patient.
 *
 * @param type     `Patient`, `Bundle/message`
 * @param entries  resource types of a Bundle's entries; a list of practitioners is about no patient
 * @returns null for answers, workflow, and files about no patient
 */
export const fhirFateOf = (type: string, entries: readonly string[]): Fate | null =>
  ofPatient.has(type) || (bundles.has(type) && entries.some((one) => ofPatient.has(one)))
    ? 'events'
    : null
