import { readAlertStatus } from '@tideway/record/status/alert-status'
import { readAllergyVerification } from '@tideway/record/status/allergy-status'
import { readAppointmentStatus } from '@tideway/record/status/appointment-status'
import { readCompletionStatus } from '@tideway/record/status/completion-status'
import { readConditionVerification } from '@tideway/record/status/condition-status'
import { readContactStatus } from '@tideway/record/status/contact-status'
import { readAvailability } from '@tideway/record/status/document-status'
import { readObservationStatus } from '@tideway/record/status/observation-status'
import { readRequestStatus } from '@tideway/record/status/order-status'
import { readProcedureStatus } from '@tideway/record/status/procedure-status'
import { readReportStatus } from '@tideway/record/status/report-status'
import { readResourceStatus, resourceSystems } from '@tideway/record/status/resource-status'
import { statusAs } from '@tideway/record/status/status-table'
import { unsaid } from '@tideway/schemas/events.generated'
import { lookUp } from '../values/look-up.ts'
import type { ResourcePart } from '@tideway/schemas/events.generated'
import { medicineRetractions } from './medicine-retractions.ts'
import { byStatus, error, type ResourceRetraction } from './retraction.ts'

const { AllergyReported, ConditionReported, ResultReported, Observation, Coded } = unsaid

const observationStatus = readObservationStatus(error, 'OBSERVATION_STATUS')

/** Where it is not known of what parts an observation is: all that it had are left out. */
const unnamed: ResourcePart = { key: '||1', code: null, text: null }

/** Names the observation, so that it is retracted in the reports that hold it too. */
const ofObservation: ResourceRetraction['eventOf'] = (key, place, parts) => ({
  ...ResultReported(),
  reportId: key,
  service: Coded(),
  ...readReportStatus(error, 'OBSERVATION_STATUS'),
  observations: (parts.length === 0 ? [unnamed] : parts).map((part) => ({
    ...Observation(),
    ...observationStatus,
    key: part.key,
    code: { ...Coded(), code: part.code, text: part.text },
    place,
    ownReportId: key,
    ownKey: part.key,
  })),
})

const retractions: Readonly<Record<string, ResourceRetraction>> = {
  Patient: { element: null, eventOf: () => ({ type: 'PatientRemoved', reason: null, at: null }) },
  RelatedPerson: {
    element: null,
    eventOf: (contactId) => ({
      ...unsaid.ContactReported(),
      contactId,
      ...readContactStatus('false', 'BOOLEAN'),
    }),
  },
  AllergyIntolerance: byStatus(
    (allergyId) => ({
      ...AllergyReported(),
      allergyId,
      code: Coded(),
      ...statusAs(
        'verificationStatus',
        readAllergyVerification(error, 'ALLERGYINTOLERANCE_VERIFICATION'),
      ),
    }),
    'verificationStatus',
  ),
  Condition: byStatus(
    (conditionId) => ({
      ...ConditionReported(),
      conditionId,
      category: 'problem',
      code: Coded(),
      ...statusAs('verificationStatus', readConditionVerification(error, 'CONDITION_VER_STATUS')),
    }),
    'verificationStatus',
  ),
  Procedure: byStatus((procedureId) => ({
    ...unsaid.ProcedureReported(),
    procedureId,
    code: Coded(),
    ...readProcedureStatus(error, 'EVENT_STATUS'),
  })),
  Immunization: byStatus((immunizationId) => ({
    ...unsaid.ImmunizationReported(),
    immunizationId,
    code: Coded(),
    ...readCompletionStatus(error, 'IMMUNIZATION_STATUS'),
  })),
  ...medicineRetractions,
  ServiceRequest: byStatus((requestId) => ({
    ...unsaid.RequestReported(),
    requestId,
    ...readRequestStatus(error, 'REQUEST_STATUS'),
  })),
  Appointment: byStatus((appointmentId) => ({
    ...unsaid.AppointmentReported(),
    appointmentId,
    ...readAppointmentStatus(error, 'APPOINTMENTSTATUS'),
  })),
  Flag: byStatus((alertId) => ({
    ...unsaid.AlertReported(),
    alertId,
    code: Coded(),
    ...readAlertStatus(error, 'FLAG_STATUS'),
  })),
  DocumentReference: byStatus((documentId) => ({
    ...unsaid.DocumentReported(),
    documentId,
    ...statusAs('availability', readAvailability(error, 'DOCUMENT_REFERENCE_STATUS')),
  })),
  DiagnosticReport: byStatus((reportId) => ({
    ...ResultReported(),
    reportId,
    service: Coded(),
    ...readReportStatus(error, 'DIAGNOSTIC_REPORT_STATUS'),
  })),
  Observation: byStatus(ofObservation),
  Encounter: byStatus((encounterId) => ({
    type: 'AdmissionCancelled',
    encounterId,
    at: null,
    visit: unsaid.Visit(),
  })),
  ...Object.fromEntries(
    Object.entries(resourceSystems).map(([resourceType, system]) => [
      resourceType,
      byStatus(
        (resourceKey) => ({
          ...unsaid.ResourceReported(),
          resourceKey,
          resourceType,
          ...readResourceStatus(error, system),
        }),
        resourceType === 'Goal' ? 'lifecycleStatus' : 'status',
      ),
    ]),
  ),
}

/**
 * What retracts the resources of a type: an event that its entry was entered in error. A visit is
 * cancelled, a contact inactive and a patient removed, as HL7 v2 has it. Null for a type without a
 * mapping.
 */
export const retractionOf = (type: string): ResourceRetraction | null => lookUp(retractions, type)
