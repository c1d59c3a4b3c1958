import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientDetailsReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { details, event } from '../entries/histories.fixture.ts'
import { evolveHead, newHead } from './head.ts'
import { personDemographics } from './person-demographics.ts'

const head = (
  patientKey: string,
  minute: number,
  fields: Partial<PatientDetailsReported>,
): PatientHead =>
  evolveHead(
    newHead(patientKey),
    event(details(fields), minute, { patientKey, source: patientKey.split('|')[0] as string }),
  )
const shared = { nhsNumber: '9434765919', birthDate: '2015-03-04' }

test('the newest organisation wins, and an emptied field does not hide the value of another', () => {
  const { fields } = personDemographics([
    head('RJZ|1', 0, { ...shared, sex: 'FEMALE', language: null, birthPlace: 'London' }),
    head('RJ1|9', 1, { ...shared, sex: 'MALE', deleted: ['birthPlace'] }),
  ])
  expect(fields).toMatchObject({ ...shared, sex: 'MALE', birthPlace: 'London' })
})

test('every statement is kept beside it, the newest source patient first, with the mismatches', () => {
  const { bySender, mismatches } = personDemographics([
    head('RJZ|1', 0, { ...shared, sex: 'FEMALE' }),
    head('RJ1|9', 1, { ...shared, sex: 'MALE' }),
  ])
  expect(bySender.map(({ details: { sender, fields } }) => [sender, fields.sex])).toEqual([
    ['RJ1', 'MALE'],
    ['RJZ', 'FEMALE'],
  ])
  expect(mismatches).toEqual(['sex'])
})
