import { statusReader, type StatusTable } from './status-table.ts'

/** OBX-11, HL7 v2.9 table 0085; and FHIR R4 Observation.status. */
export const observationStatuses = {
  registered: { HL70085: 'O', OBSERVATION_STATUS: 'registered' }, // HL7: order detail, no result
  'results-pending': { HL70085: 'I' }, // specimen in the laboratory
  preliminary: { HL70085: 'P', OBSERVATION_STATUS: 'preliminary' },
  unverified: { HL70085: 'R' }, // entered, not verified
  partial: { HL70085: 'S' }, // deprecated by HL7, still sent
  final: { HL70085: 'F', OBSERVATION_STATUS: 'final' },
  'made-final': { HL70085: 'U' }, // the preliminary is final; the value is not sent again
  verified: { HL70085: 'V' },
  amended: { HL70085: 'A', OBSERVATION_STATUS: 'amended' },
  appended: { HL70085: 'B' },
  corrected: { HL70085: 'C', OBSERVATION_STATUS: 'corrected' },
  cancelled: { HL70085: 'X', OBSERVATION_STATUS: 'cancelled' },
  'not-asked': { HL70085: 'N' },
  'entered-in-error': { HL70085: 'D', OBSERVATION_STATUS: 'entered-in-error' },
  'wrong-patient': { HL70085: 'W' },
  unknown: { OBSERVATION_STATUS: 'unknown' },
} as const satisfies StatusTable<string>

/** A status of an observation in the events, see ObservationV2. */
export type NeutralObservationStatus = keyof typeof observationStatuses

export const readObservationStatus = statusReader(observationStatuses)

/** Whether no value stands under a status: it was retracted or cancelled. */
export const isWithdrawnStatus = (status: string | null): boolean =>
  isRetraction(status) || status === 'cancelled'

/** Whether a status retracts a value: it was never true, or is another patient's. */
export const isRetraction = (
  status: string | null,
): status is 'entered-in-error' | 'wrong-patient' =>
  status === 'entered-in-error' || status === 'wrong-patient'
