import {
  type EventBody,
  type Observation,
  type PatientDetailsReported,
  type PatientEvent,
  type ResultReported,
  unsaid,
  type Visit,
} from '@tideway/schemas/events.generated'
import { readObservationStatus } from '@tideway/record/status/observation-status'
import { readReportStatus } from '@tideway/record/status/report-status'

const coded = unsaid.Coded()

/** Events as the line makes them, one a minute. */
export const eventsOf = (start: number) => {
  let minute = 0
  return (source: string, patientKey: string, place: string, body: EventBody): PatientEvent => {
    minute += 1
    const at = start + minute * 60_000
    const messageId = `${source}-${minute}`
    return {
      id: `${messageId}.0`,
      messageId,
      source,
      patientKey,
      receivedAt: at * 1000,
      sentAt: at,
      place,
      body,
      notShown: null,
    }
  }
}

export const details = (said: Partial<PatientDetailsReported>): PatientDetailsReported => ({
  ...unsaid.PatientDetailsReported(),
  identifiers: [],
  ...said,
})

export const named = (family: string, ...given: string[]) => ({
  ...unsaid.PersonName(),
  family,
  given,
  use: 'L',
})

export const visit = (said: Partial<Visit>): Visit => ({ ...unsaid.Visit(), ...said })

export const ward = (pointOfCare: string, bed: string) => ({
  ...unsaid.Location(),
  pointOfCare,
  bed,
})

/** @param status  OBR-25 */
export const result = ({ status = 'F', ...said }: Partial<ResultReported>): ResultReported => ({
  ...unsaid.ResultReported(),
  reportId: 'L1|UE',
  fillerNumber: 'L1',
  service: { ...coded, code: 'UE', text: 'Urea and electrolytes' },
  ...readReportStatus(status, 'HL70123'),
  ...said,
})

export const observation = (
  code: string,
  value: string | null,
  statusCode: string,
  segment = 1,
): Observation => ({
  ...unsaid.Observation(),
  key: `${code}||1`,
  code: { ...coded, code },
  valueType: 'NM',
  value,
  unit: { ...coded, code: 'mmol/L' },
  range: '3.5-5.3',
  flags: ['H'],
  ...readObservationStatus(statusCode, 'HL70085'),
  place: `OBX[${segment}]`,
})
