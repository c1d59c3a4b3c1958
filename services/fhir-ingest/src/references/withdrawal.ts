import { type EventBody, type ResourceKnown, unsaid } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { noCode } from '../values/coded.ts'
import {
  type Known,
  observationsOf,
  serviceOf,
  type WithdrawalReason,
} from './withdrawn-results.ts'

const inError = { status: 'entered-in-error' } as const
const neverTrue = { verificationStatus: 'entered-in-error' } as const

/** The event that withdraws an entry, by the event that reports it. */
const bodies: Readonly<
  Partial<
    Record<EventBody['type'], (known: Known, place: string, why: WithdrawalReason) => EventBody>
  >
> = {
  ResultReported: (known, place, why) =>
    known.type === 'Observation'
      ? {
          ...unsaid.ResultReported(),
          reportId: known.key,
          service: serviceOf(known),
          observations: observationsOf(known, place, why),
        }
      : { ...unsaid.ResultReported(), reportId: known.key, service: serviceOf(known), ...inError },
  DocumentReported: ({ key }) => ({
    ...unsaid.DocumentReported(),
    documentId: key,
    completion: 'entered-in-error',
    availability: 'entered-in-error',
  }),
  AllergyReported: ({ key }) => ({
    ...unsaid.AllergyReported(),
    allergyId: key,
    code: noCode,
    ...neverTrue,
  }),
  ConditionReported: ({ key }) => ({
    ...unsaid.ConditionReported(),
    conditionId: key,
    category: 'problem',
    code: noCode,
    ...neverTrue,
  }),
  ProcedureReported: ({ key }) => ({
    ...unsaid.ProcedureReported(),
    procedureId: key,
    code: noCode,
    ...inError,
  }),
  ImmunizationReported: ({ key }) => ({
    ...unsaid.ImmunizationReported(),
    immunizationId: key,
    code: noCode,
    ...inError,
  }),
  MedicationPrescribed: ({ key, type }) => ({
    ...unsaid.MedicationPrescribed(),
    prescriptionId: key,
    kind: type === 'MedicationStatement' ? 'statement' : 'prescription',
    ...inError,
  }),
  MedicationDispensed: ({ key }) => ({
    ...unsaid.MedicationDispensed(),
    dispenseId: key,
    ...inError,
  }),
  MedicationGiven: ({ key }) => ({
    ...unsaid.MedicationGiven(),
    administrationId: key,
    ...inError,
  }),
  RequestReported: ({ key }) => ({ ...unsaid.RequestReported(), requestId: key, ...inError }),
  AppointmentReported: ({ key }) => ({
    ...unsaid.AppointmentReported(),
    appointmentId: key,
    ...inError,
  }),
  AlertReported: ({ key }) => ({
    ...unsaid.AlertReported(),
    alertId: key,
    code: noCode,
    ...inError,
  }),
  ContactReported: ({ key }) => ({
    ...unsaid.ContactReported(),
    contactId: key,
    status: 'inactive',
  }),
  ResourceReported: ({ key, type }) => ({
    ...unsaid.ResourceReported(),
    resourceKey: key,
    resourceType: type,
    ...inError,
  }),
  PatientAdmitted: ({ key }) => ({
    type: 'AdmissionCancelled',
    encounterId: key,
    at: null,
    visit: unsaid.Visit(),
  }),
}

/**
 * The event that takes the entry of a resource out of the record of its patient: only its key, so
 * that nothing of another patient is said there. Null for a resource without an entry.
 *
 * @param place  of the element that names another patient (`movedPlace`), or of the request
 */
export const withdrawalOf = (
  known: ResourceKnown,
  place: string,
  why: WithdrawalReason,
): DraftEvent | null => {
  const { key, patientKey, event } = known
  const body = bodies[(event ?? '') as EventBody['type']]
  if (key === null || patientKey === null || body === undefined) return null
  return { patientKey, place, body: body({ ...known, key }, place, why), attachments: [] }
}
