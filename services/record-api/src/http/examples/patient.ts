import type { Static } from 'typebox'
import type { PatientAnswer, Patients } from '../../json/patient.ts'
import type { Person } from '../../json/person.ts'
import { receivedAt, statedIn } from './stated.ts'

const name = { family: 'EXAMPLE', given: ['Robin'], use: 'L' }
const sex = { sex: 'male', sexAsSent: 'M' } as const

export const patient: PatientAnswer = {
  id: 'q3nPv0d7wqYxT2m8aZ1uEg',
  organisation: 'RJZ',
  organisationName: "King's College Hospital NHS Foundation Trust",
  identifier: '1234567',
  name,
  birthDate: '2019-05-04',
  ...sex,
  nhsNumber: '9990000018',
  merges: [],
  identity: [],
}

export const completeness: Static<typeof Patients>['completeness'] = {
  state: 'complete',
  shownUpTo: '2026-11-22T09:19:59.400Z',
  reasons: [],
}

export const patients: Static<typeof Patients> = {
  completeness,
  complete: true,
  patients: [patient],
}

const demographics = {
  names: [name],
  birthDate: '2019-05-04',
  ...sex,
  nhsNumber: '9990000018',
  nhsNumberStatus: '01',
  addresses: [],
  telecoms: [],
  advanceDirectives: [],
}

export const person: Person = {
  ...demographics,
  said: [
    {
      patient: patient.id,
      organisation: 'RJZ',
      sender: 'RJZ',
      senderName: "King's College Hospital NHS Foundation Trust",
      receivedAt,
      ...statedIn('PID[1]'),
      ...demographics,
    },
  ],
  mismatches: [],
}
