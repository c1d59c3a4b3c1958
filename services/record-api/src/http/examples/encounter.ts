import type { EncounterAnswer } from '../../json/encounter.ts'
import type { Whereabouts } from '../../json/where-now.ts'
import { patient } from './patient.ts'
import { origin, receivedAt, statedIn } from './stated.ts'

const location = { pointOfCare: 'PICU', room: 'BAY1', bed: '04', facility: 'KCH' }
const admittedAt = '2026-11-22T09:10:00+00:00'
const patientClass = { patientClass: 'inpatient', patientClassAsSent: 'I' } as const

export const whereNow: Whereabouts = {
  organisation: 'RJZ',
  organisationName: "King's College Hospital NHS Foundation Trust",
  patient: patient.id,
  location,
  since: admittedAt,
  ...patientClass,
  encounter: 'c0Vd2b1s7TnWq4yLkR9xAw',
}

export const encounter: EncounterAnswer = {
  kind: 'encounter',
  id: whereNow.encounter,
  organisation: 'RJZ',
  patient: patient.id,
  receivedAt,
  origins: [origin('PV1[1]')],
  encounterId: 'V0099',
  status: 'open',
  ...patientClass,
  admittedAt,
  location,
  locationSince: admittedAt,
  expected: [],
  stays: [
    {
      location,
      from: admittedAt,
      event: 'PatientAdmitted',
      cancelled: false,
      ...statedIn('PV1[1]'),
    },
  ],
  movements: [
    {
      event: 'PatientAdmitted',
      at: admittedAt,
      location,
      ...patientClass,
      ...statedIn('PV1[1]'),
    },
  ],
  service: 'PAED',
  ambulatoryStatuses: [],
  precautions: [],
  attending: [],
  referring: [],
  consulting: [],
  admitting: [],
}
