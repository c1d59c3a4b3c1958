import type { EventBody, Observation, PatientDetailsReported, PatientEvent, ResultReported, Visit } from '@tideway/schemas/events.generated'

const coded = { code: null, text: null, system: null, alternateCode: null, alternateText: null, alternateSystem: null }

/** Events as the line makes them, one a minute. */
export const eventsOf = (start: number) => {
  let minute = 0
  return (source: string, patientKey: string, place: string, body: EventBody): PatientEvent => {
    minute += 1
    const at = start + minute * 60_000
    const messageId = `${source}-${minute}`
    return { id: `${messageId}.0`, messageId, source, patientKey, receivedAt: at * 1000, sentAt: at, place, body }
  }
}

export const details = (said: Partial<PatientDetailsReported>): PatientDetailsReported => ({
  type: 'PatientDetailsReported',
  identifiers: [],
  nhsNumber: null,
  nhsNumberStatus: null,
  names: [],
  birthDate: null,
  sex: null,
  deceased: null,
  diedAt: null,
  addresses: [],
  telecoms: [],
  language: null,
  maritalStatus: null,
  religion: null,
  ethnicity: null,
  gpPractice: null,
  gp: null,
  deleted: [],
  ...said,
})

export const named = (family: string, ...given: string[]) => ({ family, given, prefix: null, suffix: null, use: 'L' })

export const visit = (said: Partial<Visit>): Visit => ({
  visitNumber: null,
  patientClass: null,
  location: null,
  priorLocation: null,
  temporaryLocation: null,
  pendingLocation: null,
  attending: [],
  referring: [],
  consulting: [],
  admitting: [],
  service: null,
  admissionType: null,
  admitSource: null,
  reason: null,
  dischargeDisposition: null,
  dischargedTo: null,
  admittedAt: null,
  dischargedAt: null,
  account: null,
  ...said,
})

export const ward = (pointOfCare: string, bed: string) => ({ pointOfCare, room: null, bed, facility: null, building: null, floor: null, description: null })

export const result = (said: Partial<ResultReported>): ResultReported => ({
  type: 'ResultReported',
  reportId: 'L1|UE',
  placerNumber: null,
  fillerNumber: 'L1',
  service: { ...coded, code: 'UE', text: 'Urea and electrolytes' },
  status: 'F',
  section: null,
  requestedAt: null,
  collectedAt: null,
  receivedAt: null,
  issuedAt: null,
  specimen: null,
  requesters: [],
  interpreters: [],
  encounterId: null,
  observations: [],
  notes: [],
  copyTo: [],
  ...said,
})

export const observation = (code: string, value: string | null, status: string, segment = 1): Observation => ({
  key: `${code}||1`,
  code: { ...coded, code },
  subId: null,
  valueType: 'NM',
  value,
  coded: null,
  attachment: null,
  unit: { ...coded, code: 'mmol/L' },
  range: '3.5-5.3',
  flags: ['H'],
  status,
  observedAt: null,
  analysedAt: null,
  producer: null,
  method: null,
  bodySite: null,
  notes: [],
  place: `OBX[${segment}]`,
})
