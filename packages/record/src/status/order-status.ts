import { showing, statusReader, type StatusTable } from './status-table.ts'

/**
 * ORC-5, HL7 v2.9 table 0038; and FHIR R4 statuses of requests. CarePlan and ServiceRequest say
 * `revoked`, MedicationRequest `cancelled`.
 */
export const requestStatuses = {
  draft: { REQUEST_STATUS: 'draft', MEDICATIONREQUEST_STATUS: 'draft' },
  active: {
    REQUEST_STATUS: 'active',
    MEDICATIONREQUEST_STATUS: 'active',
    MEDICATION_STATEMENT_STATUS: 'active',
  },
  scheduled: { HL70038: 'SC' },
  'in-progress': { HL70038: 'IP' },
  'partial-results': { HL70038: 'A' }, // some, but not all, results available
  'on-hold': {
    HL70038: 'HD',
    REQUEST_STATUS: 'on-hold',
    MEDICATIONREQUEST_STATUS: 'on-hold',
    MEDICATION_STATEMENT_STATUS: 'on-hold',
    MEDICATIONDISPENSE_STATUS: 'on-hold',
  },
  completed: {
    HL70038: 'CM',
    REQUEST_STATUS: 'completed',
    MEDICATIONREQUEST_STATUS: 'completed',
    MEDICATION_STATEMENT_STATUS: 'completed',
    MEDICATIONDISPENSE_STATUS: 'completed',
  },
  cancelled: {
    HL70038: 'CA',
    REQUEST_STATUS: 'revoked',
    MEDICATIONREQUEST_STATUS: 'cancelled',
    MEDICATIONDISPENSE_STATUS: 'cancelled',
  },
  stopped: {
    HL70038: 'DC',
    MEDICATIONREQUEST_STATUS: 'stopped',
    MEDICATION_STATEMENT_STATUS: 'stopped',
    MEDICATIONDISPENSE_STATUS: 'stopped',
  },
  replaced: { HL70038: 'RP' },
  'not-found': { HL70038: 'ER' }, // error, order not found
  'entered-in-error': {
    REQUEST_STATUS: 'entered-in-error',
    MEDICATIONREQUEST_STATUS: 'entered-in-error',
    MEDICATION_STATEMENT_STATUS: 'entered-in-error',
    MEDICATIONDISPENSE_STATUS: 'entered-in-error',
  },
  unknown: {
    REQUEST_STATUS: 'unknown',
    MEDICATIONREQUEST_STATUS: 'unknown',
    MEDICATION_STATEMENT_STATUS: 'unknown',
    MEDICATIONDISPENSE_STATUS: 'unknown',
  },
} as const satisfies StatusTable<string>

/** A prescription, or a statement that a medicine is taken: FHIR R4 MedicationStatement.status. */
export const prescriptionStatuses = {
  ...requestStatuses,
  intended: { MEDICATION_STATEMENT_STATUS: 'intended' },
  'not-taken': { MEDICATION_STATEMENT_STATUS: 'not-taken' },
} as const satisfies StatusTable<string>

/**
 * A dispense: ORC-5 of its order, and FHIR R4 MedicationDispense.status. The last are those of a
 * blood product; see `bloodDispenseStatuses`.
 */
export const dispenseStatuses = {
  ...requestStatuses,
  'in-progress': { HL70038: 'IP', MEDICATIONDISPENSE_STATUS: 'in-progress' },
  preparation: { MEDICATIONDISPENSE_STATUS: 'preparation' },
  declined: { MEDICATIONDISPENSE_STATUS: 'declined' },
  reserved: {},
  'presumed-given': {},
  returned: {},
  released: {},
  wasted: {},
} as const satisfies StatusTable<string>

/**
 * RF1-1, HL7 v2.9 table 0283, referral status. Pending and expired do not say whether the referral
 * stands.
 */
export const referralStatuses = {
  accepted: { HL70283: 'A' },
  rejected: { HL70283: 'R' },
  pending: { HL70283: 'P' },
  expired: { HL70283: 'E' },
} as const satisfies StatusTable<string>

export const readRequestStatus = statusReader(requestStatuses)
export const readPrescriptionStatus = statusReader(prescriptionStatuses)
export const readDispenseStatus = statusReader(dispenseStatuses)
export const readReferralStatus = statusReader(referralStatuses)

const coarser = { 'partial-results': 'in-progress', 'not-found': 'unknown' } as const

/** Status of a request or referral in the record. */
export const shownRequestStatus = showing(
  { ...requestStatuses, ...referralStatuses },
  { ...coarser, accepted: 'active', pending: 'unknown', expired: 'unknown' },
)
export const shownPrescriptionStatus = showing(prescriptionStatuses, coarser)
export const shownDispenseStatus = showing(dispenseStatuses, {
  ...coarser,
  preparation: 'draft',
  declined: 'rejected',
})
