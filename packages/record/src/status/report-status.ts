import {
  isUnlisted,
  type SentStatus,
  showing,
  statusReader,
  type StatusTable,
} from './status-table.ts'

/**
 * OBR-25, HL7 v2.9 table 0123; and FHIR R4 DiagnosticReport.status. A standalone Observation is a
 * report of one, with the status of that observation.
 */
export const reportStatuses = {
  registered: {
    HL70123: 'O',
    DIAGNOSTIC_REPORT_STATUS: 'registered',
    OBSERVATION_STATUS: 'registered',
  },
  scheduled: { HL70123: 'S' },
  'specimen-received': { HL70123: 'I' },
  'results-pending': { HL70123: 'N' }, // procedure completed
  partial: { HL70123: 'A', DIAGNOSTIC_REPORT_STATUS: 'partial' },
  preliminary: {
    HL70123: 'P',
    DIAGNOSTIC_REPORT_STATUS: 'preliminary',
    OBSERVATION_STATUS: 'preliminary',
  },
  unverified: { HL70123: 'R' }, // stored, not verified
  final: { HL70123: 'F', DIAGNOSTIC_REPORT_STATUS: 'final', OBSERVATION_STATUS: 'final' },
  amended: { DIAGNOSTIC_REPORT_STATUS: 'amended', OBSERVATION_STATUS: 'amended' },
  appended: { DIAGNOSTIC_REPORT_STATUS: 'appended' },
  corrected: {
    HL70123: 'C',
    DIAGNOSTIC_REPORT_STATUS: 'corrected',
    OBSERVATION_STATUS: 'corrected',
  },
  'corrected-preliminary': { HL70123: 'M' }, // corrected, not final
  cancelled: {
    HL70123: 'X',
    DIAGNOSTIC_REPORT_STATUS: 'cancelled',
    OBSERVATION_STATUS: 'cancelled',
  },
  'entered-in-error': {
    DIAGNOSTIC_REPORT_STATUS: 'entered-in-error',
    OBSERVATION_STATUS: 'entered-in-error',
  },
  'no-order': { HL70123: 'Y' }, // no order on record for this test; only answers a query
  'no-patient': { HL70123: 'Z' }, // no record of this patient; only answers a query
  unknown: { DIAGNOSTIC_REPORT_STATUS: 'unknown', OBSERVATION_STATUS: 'unknown' },
} as const satisfies StatusTable<string>

/** A status of a report in the events, see ResultReportedV2. */
export type NeutralReportStatus = keyof typeof reportStatuses

export const readReportStatus = statusReader(reportStatuses)

/** Status of a report in the record. */
export const shownReportStatus = showing(reportStatuses, {
  scheduled: 'registered',
  'specimen-received': 'registered',
  'results-pending': 'registered',
  unverified: 'preliminary',
  'no-order': 'unknown',
  'no-patient': 'unknown',
})

/** Whether the whole report was entered in error: nothing of it is shown. */
export const isRetracted = (status: string | null): boolean => status === 'entered-in-error'

/** What the status of a report makes of every value in it; null if they stand. */
export const retractionOf = (status: string | null): 'cancelled' | 'entered-in-error' | null =>
  status === 'cancelled' || status === 'entered-in-error' ? status : null

const finalStatuses: ReadonlySet<string | null> = new Set<NeutralReportStatus>([
  'final',
  'amended',
  'appended',
  'corrected',
])

/** Whether a report is final, and with it what it states. */
export const isFinalReport = (status: string | null): boolean => finalStatuses.has(status)

const pendingStatuses: ReadonlySet<string | null> = new Set<NeutralReportStatus>([
  'registered',
  'scheduled',
  'specimen-received',
  'results-pending',
  'partial',
  'preliminary',
  'unverified',
  'corrected-preliminary',
])

/** Whether a report says that it is not final yet. */
export const isPendingReport = (status: string | null): boolean => pendingStatuses.has(status)

/**
 * Whether the code goes to the sender's data-quality list: it only answers a query, or is in no
 * table.
 */
export const isDoubtful = (sent: SentStatus<string>): boolean =>
  sent.status === 'no-order' || sent.status === 'no-patient' || isUnlisted(reportStatuses, sent)
