import type { EncounterEvent } from './encounter/encounter-event.ts'
import {
  type Coded,
  type DocumentReported,
  type EventBody,
  type Identifier,
  type Location,
  type Observation,
  type PatientDetailsReported,
  type PatientEvent,
  type ResultReported,
  unsaid,
  type Visit,
} from '@tideway/schemas/events.generated'
import { whole } from '@tideway/schemas/complete-event.fixture'
import { upcast } from '@tideway/schemas/upcast'
import { readAvailability, readCompletion } from '../status/document-status.ts'
import { readObservationStatus } from '../status/observation-status.ts'
import { readReportStatus } from '../status/report-status.ts'
import { statusAs } from '../status/status-table.ts'

/**
 * Made-up events for the tests of the folds. Times are minutes after a fixed day's midnight UTC
 * unless said otherwise.
 */
export const patient = 'RJZ|T100'
const midnight = Date.UTC(2026, 6, 1)
const minuteMs = 60_000

/**
 * ISO 8601 with an offset that changes from one minute to the next, so that texts and instants sort
 * differently.
 */
export const at = (minute: number): string => {
  const offsetHours = Math.abs(minute) % 2
  return new Date(midnight + minute * minuteMs + offsetHours * 60 * minuteMs)
    .toISOString()
    .replace('.000Z', `+0${offsetHours}:00`)
}

export const coded = (code: string, text: string | null = null): Coded => ({
  ...unsaid.Coded(),
  code,
  text,
})
export const ward = (pointOfCare: string): Location => ({ ...unsaid.Location(), pointOfCare })
export const identifier = (value: string, type = 'MR'): Identifier => ({
  ...unsaid.Identifier(),
  value,
  authority: 'RJZ',
  organisation: 'RJZ',
  type,
})

export const visit = (
  type: EncounterEvent['type'],
  time: string | null,
  details: Partial<Visit> = {},
  encounterId = 'V1',
): EncounterEvent =>
  ({
    type,
    encounterId,
    at: time,
    visit: { ...unsaid.Visit(), ...details },
  }) as EncounterEvent

export const details = (said: Partial<PatientDetailsReported>): PatientDetailsReported => ({
  ...unsaid.PatientDetailsReported(),
  identifiers: [],
  ...said,
})

/** @param code  OBX-11 */
export const observation = (
  code: string | null,
  value: string | null,
  more: Partial<Observation> = {},
): Observation => ({
  ...unsaid.Observation(),
  key: 'K',
  code: coded('K', 'Potassium'),
  valueType: 'NM',
  value,
  unit: coded('mmol/L'),
  ...readObservationStatus(code, 'HL70085'),
  place: 'OBX[1]',
  ...more,
})

/** @param status  OBR-25, or DiagnosticReport.status */
export const result = (
  observations: Observation[],
  { status = null, ...more }: Partial<ResultReported> = {},
): ResultReported => ({
  ...unsaid.ResultReported(),
  reportId: 'R1',
  fillerNumber: 'F1',
  service: coded('UE', 'Urea and electrolytes'),
  observations,
  ...readReportStatus(status, 'HL70123'),
  ...more,
})

/**
 * An event whose statuses are given as codes, as a sender of HL7 v2 or FHIR gives them and events
 * of version 1 have them.
 */
export const sentAsCodes = (body: EventBody): EventBody => {
  const { type } = body
  return whole({ ...upcast(`${type}V1`, { ...whole(body), ...body }), type } as EventBody)
}

/** @param said  with OBX-11, TXA-17 and TXA-19 as codes */
export const documentSent = (
  said: Partial<DocumentReported>,
): DocumentReported & { type: 'DocumentReported' } => {
  const document = { ...unsaid.DocumentReported(), documentId: 'D1', ...said }
  return {
    ...document,
    ...readObservationStatus(document.status, 'HL70085'),
    ...statusAs('completion', readCompletion(document.completion, 'HL70271')),
    ...statusAs('availability', readAvailability(document.availability, 'HL70273')),
  }
}

const segment: Partial<Record<EventBody['type'], string>> = {
  PatientDetailsReported: 'PID[1]',
  ResultReported: 'OBR[1]',
  DocumentReported: 'OBX[1]',
}

/** @param sent  minute it was sent and received */
export const event = (
  body: EventBody,
  sent: number,
  more: Partial<PatientEvent> = {},
): PatientEvent => ({
  id: `m${sent}.0`,
  messageId: `m${sent}`,
  source: 'RJZ',
  patientKey: patient,
  receivedAt: (midnight + sent * minuteMs) * 1000 + 1,
  sentAt: midnight + sent * minuteMs,
  place: segment[body.type] ?? 'PV1[1]',
  body,
  notShown: null,
  ...more,
})
