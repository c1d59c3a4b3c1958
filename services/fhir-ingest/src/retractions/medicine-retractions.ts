import { readCompletionStatus } from '@tideway/record/status/completion-status'
import { readDispenseStatus, readPrescriptionStatus } from '@tideway/record/status/order-status'
import { unsaid } from '@tideway/schemas/events.generated'
import { byStatus, error, type ResourceRetraction } from './retraction.ts'

const { Coded } = unsaid

/** Of the resources about a medicine. */
export const medicineRetractions: Readonly<Record<string, ResourceRetraction>> = {
  MedicationRequest: byStatus((prescriptionId) => ({
    ...unsaid.MedicationPrescribed(),
    prescriptionId,
    kind: 'prescription',
    medication: Coded(),
    ...readPrescriptionStatus(error, 'MEDICATIONREQUEST_STATUS'),
  })),
  MedicationStatement: byStatus((prescriptionId) => ({
    ...unsaid.MedicationPrescribed(),
    prescriptionId,
    kind: 'statement',
    medication: Coded(),
    ...readPrescriptionStatus(error, 'MEDICATION_STATEMENT_STATUS'),
  })),
  MedicationDispense: byStatus((dispenseId) => ({
    ...unsaid.MedicationDispensed(),
    dispenseId,
    medication: Coded(),
    ...readDispenseStatus(error, 'MEDICATIONDISPENSE_STATUS'),
  })),
  MedicationAdministration: byStatus((administrationId) => ({
    ...unsaid.MedicationGiven(),
    administrationId,
    medication: Coded(),
    ...readCompletionStatus(error, 'MEDICATION_ADMIN_STATUS'),
  })),
}
