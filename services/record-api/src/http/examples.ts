import type { Static } from 'typebox'
import { type Encounter, visitMore } from '../json/encounter.ts'
import type { Message, Messages } from '../json/message.ts'
import type { Patient, Patients } from '../json/patient.ts'
import { type Person, personMore } from '../json/person.ts'
import type { EntryPage, PatientRecord } from '../json/record.ts'
import { type Report, reportMore } from '../json/report.ts'
import { bySection } from '../json/sections.ts'
import type { Whereabouts } from '../json/where-now.ts'

/**
 * Examples of the OpenAPI document. Everybody in them is made up; NHS numbers are of the test
 * range.
 */

const nobody = { system: null, alternateCode: null, alternateText: null, alternateSystem: null }
const messageId = '5d1c0f0f6f3f4d0f8a51d8d0d64a3c21'
const archive = { object: 'raw-messages.v1/2026/11/22/1-00000000000000004211.avro', position: 17 }
const name = { family: 'EXAMPLE', given: ['Robin'], prefix: null, suffix: null, use: 'L' }
const location = {
  pointOfCare: 'PICU',
  room: 'BAY1',
  bed: '04',
  facility: 'KCH',
  building: null,
  floor: null,
  description: null,
}

export const searches = {
  byNhsNumber: { nhsNumber: '999 000 0018', birthDate: '2019-05-04' },
  byIdentifier: { organisation: 'RJZ', identifier: '1234567' },
}

const patient: Patient = {
  id: 'q3nPv0d7wqYxT2m8aZ1uEg',
  organisation: 'RJZ',
  organisationName: "King's College Hospital NHS Foundation Trust",
  identifier: '1234567',
  name,
  birthDate: '2019-05-04',
  sex: 'MALE',
  nhsNumber: '9990000018',
  deceased: null,
  merges: [],
  ...{ removed: null, identity: [] },
}

export const patients: Static<typeof Patients> = { patients: [patient] }

const demographics = {
  names: [name],
  birthDate: '2019-05-04',
  sex: 'MALE',
  nhsNumber: { value: '9990000018', status: '01' },
  deceased: null,
  diedAt: null,
  addresses: [],
  telecoms: [],
  ...{ language: null, maritalStatus: null, religion: null, ethnicity: null },
  ...{
    nationality: null,
    birthPlace: null,
    multipleBirth: null,
    birthOrder: null,
    identityUnknown: null,
  },
  ...{
    disability: null,
    livingArrangement: null,
    livingWill: null,
    organDonor: null,
    advanceDirectives: [],
  },
  gpPractice: null,
  gp: null,
  more: personMore.of({}),
}

const person: Person = {
  ...demographics,
  said: [
    {
      patient: patient.id,
      organisation: 'RJZ',
      sender: 'RJZ',
      senderName: patient.organisationName,
      receivedAt: '2026-11-22T09:15:02.114Z',
      message: messageId,
      segment: 'PID[1]',
      ...demographics,
    },
  ],
  mismatches: [],
}

const whereNow: Whereabouts = {
  organisation: 'RJZ',
  organisationName: patient.organisationName,
  patient: patient.id,
  location,
  since: '2026-11-22T09:10:00+00:00',
  patientClass: 'INPATIENT',
  onLeave: null,
  encounter: 'c0Vd2b1s7TnWq4yLkR9xAw',
}

const origin = (segment: string) => ({
  message: messageId,
  segment,
  source: 'RJZ',
  receivedAt: '2026-11-22T09:15:02.114Z',
  archive,
})

const encounter: Encounter = {
  kind: 'encounter',
  id: whereNow.encounter,
  organisation: 'RJZ',
  patient: patient.id,
  receivedAt: '2026-11-22T09:15:02.114Z',
  origins: [origin('PV1[1]')],
  encounterId: 'V0099',
  status: 'open',
  patientClass: 'INPATIENT',
  admittedAt: '2026-11-22T09:10:00+00:00',
  dischargedAt: null,
  location,
  locationSince: '2026-11-22T09:10:00+00:00',
  ...{ onLeave: null, expected: [] },
  stays: [
    {
      location,
      from: '2026-11-22T09:10:00+00:00',
      event: 'PatientAdmitted',
      cancelled: false,
      message: messageId,
      segment: 'PV1[1]',
    },
  ],
  movements: [
    {
      event: 'PatientAdmitted',
      at: '2026-11-22T09:10:00+00:00',
      location,
      patientClass: 'INPATIENT',
      message: messageId,
      segment: 'PV1[1]',
    },
  ],
  ...{
    service: 'PAED',
    admissionType: null,
    admitSource: null,
    reason: null,
    dischargeDisposition: null,
    dischargedTo: null,
  },
  ...{
    description: null,
    ambulatoryStatuses: [],
    precautions: [],
    patientCondition: null,
    levelOfCare: null,
    accommodation: null,
    diet: null,
    modeOfArrival: null,
  },
  ...{ expectedAdmitAt: null, expectedDischargeAt: null, expectedReturnAt: null },
  more: visitMore.of({}),
  ...{ attending: [], referring: [], consulting: [], admitting: [] },
}

const unit = { code: 'mmol/L', text: null, ...nobody }
const value = (sent: string, statusAsSent: string, receivedAt: string) => ({
  value: sent,
  valueType: 'NM',
  coded: null,
  attachment: null,
  unit,
  ucum: 'mmol/L',
  numeric: { comparator: null, value: Number(sent), high: null, divisor: null },
  range: '3.5-5.3',
  flags: ['H'],
  statusAsSent,
  statusSystem: 'HL70085',
  observedAt: '2026-11-22T08:40:00+00:00',
  analysedAt: null,
  notes: [],
  more: null,
  receivedAt,
  message: messageId,
  segment: 'OBX[1]',
})

export const report: Report = {
  kind: 'report',
  id: 'Zx8sJ3l5Qm2vB7nT0yHcUg',
  organisation: 'RJZ',
  patient: patient.id,
  receivedAt: '2026-11-22T09:15:02.114Z',
  origins: [origin('OBR[1]')],
  reportId: 'L26-55120|U&E',
  placerNumber: 'O-7781',
  fillerNumber: 'L26-55120',
  service: { code: 'U&E', text: 'Urea and electrolytes', ...nobody },
  section: 'CH',
  status: 'corrected',
  statusAsSent: 'C',
  statusSystem: 'HL70123',
  requestedAt: null,
  collectedAt: '2026-11-22T08:40:00+00:00',
  specimenReceivedAt: null,
  issuedAt: '2026-11-22T09:12:00+00:00',
  specimen: null,
  ...{ requesters: [], interpreters: [], copyTo: [] },
  encounterId: encounter.encounterId,
  encounter: encounter.id,
  notes: [],
  ...{ category: 'LABORATORY', conclusion: null },
  more: reportMore.of({}),
  observations: [
    {
      key: 'K||1',
      code: { code: 'K', text: 'Potassium', ...nobody },
      subId: null,
      status: 'corrected',
      ...value('6.4', 'C', '2026-11-22T09:15:02.114Z'),
      producer: null,
      method: null,
      bodySite: null,
      absentReason: null,
      reason: null,
      withdrawnAt: null,
      earlier: [value('4.6', 'F', '2026-11-22T09:02:40.870Z')],
    },
  ],
}

const none = { lines: [], cut: false, more: null }
const line = {
  entry: report.id,
  organisation: 'RJZ',
  organisationName: patient.organisationName,
  patient: patient.id,
  lastReceivedAt: report.receivedAt,
  behind: false,
  at: report.collectedAt,
}
const abnormal = [{ name: 'Potassium', value: '6.4', unit: 'mmol/L', flag: 'H' }]
const reports = {
  lines: [{ ...line, name: 'Urea and electrolytes', status: report.status, abnormal }],
  cut: false,
  more: null,
}
const summary = { ...{ allergies: none, problems: none, medicines: none, alerts: none }, reports }

export const record: PatientRecord = {
  id: patient.id,
  asOf: '2026-11-22T09:20:00.000Z',
  complete: true,
  incomplete: null,
  parked: 0,
  dropped: 0,
  inPart: 0,
  notCombined: 0,
  ...{ summary, withdrawn: [], medicines: [] },
  patients: [patient],
  patient: person,
  identifiers: [
    {
      value: '1234567',
      type: 'MR',
      authority: 'KCH',
      organisation: 'RJZ',
      status: null,
      detail: null,
      patient: patient.id,
      source: 'RJZ',
      receivedAt: '2026-11-22T09:15:02.114Z',
      message: messageId,
      segment: 'PID[1]',
    },
  ],
  whereNow,
  alsoOpen: [],
  sources: [
    {
      source: 'RJZ',
      sourceName: patient.organisationName,
      organisation: 'RJZ',
      patient: patient.id,
      lastMessageAt: '2026-11-22T09:15:01.000Z',
      lastReceivedAt: '2026-11-22T09:15:02.114Z',
      feedLastHeardAt: '2026-11-22T09:19:58.220Z',
    },
  ],
  encounters: [encounter],
  results: [report],
  documents: [],
  ...bySection(() => []),
  more: { encounters: null, results: null, documents: null, ...bySection(() => null) },
  counts: { encounters: 1, results: 1, documents: 0, ...bySection(() => 0) },
}

export const entryPage: Static<typeof EntryPage> = { entries: [report], more: false, before: null }

export const message: Message = {
  id: messageId,
  source: 'RJZ',
  controlId: 'MSG00017',
  type: 'ORU^R01',
  characterSet: 'utf-8',
  answered: 'AA',
  problem: null,
  receivedAt: '2026-11-22T09:15:02.114Z',
  durableAt: '2026-11-22T09:15:02.121Z',
  archive,
  events: 2,
  unused: ['PV1-21'],
  parked: null,
  dropped: null,
  projectedAt: '2026-11-22T09:15:02.190Z',
  duplicates: 0,
}

export const messages: Static<typeof Messages> = { messages: [message], more: false, before: null }
