import { surrogatePatientKey } from '@tideway/record/keys/patient-key'
import { expect, test } from 'vitest'
import { bundle, patient, pharmacy, read, system } from '../sender.fixture.ts'
import { potassium } from '../normalise/report.fixture.ts'

test.each([
  ['contained', { contained: [{ ...patient(), id: 'p' }], subject: { reference: '#p' } }],
  ['by identifier', { subject: { identifier: { system: system('X99'), value: 'A1' } } }],
  ['by condition', { subject: { reference: `Patient?identifier=${system('X99')}|A1` } }],
])('a patient referenced %s is the same patient', (_, of) => {
  expect(read({ ...potassium, ...of }).patientKeys).toEqual(['X99|A1'])
})

test('an NHS number is never the key; a source without other identifiers gets a surrogate from number and birth date', () => {
  const nhs = { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001022' }] }
  expect(read(patient('', nhs)).faults.map(({ code }) => code)).toEqual(['UNKNOWN_PATIENT'])
  const [key = ''] = read(patient('', nhs), pharmacy).patientKeys
  expect(key).toMatch(/^XP1\|fhir:[0-9a-f]{16}$/)
  expect(read(patient('', { ...nhs, gender: 'female' }), pharmacy).patientKeys).toEqual([key])
  expect(read(patient('', nhs), pharmacy).events[0]?.body).toMatchObject({
    nhsNumber: '9990001022',
  })
  expect(read(patient('', { ...nhs, birthDate: '1960-02-02' }), pharmacy).patientKeys).not.toEqual([
    key,
  ])
  expect(read(patient('', nhs), { ...pharmacy, ods: 'XP2' }).patientKeys[0]).not.toContain(
    key.slice('XP1|'.length),
  )
  const [undated = ''] = read(patient('', { ...nhs, birthDate: undefined }), pharmacy).patientKeys
  expect(undated).toMatch(/^XP1\|fhir:[0-9a-f]{16}$/)
  expect(undated).not.toBe(key)
})

test('a reference by NHS number resolves to the one Patient sent with it, else to none', () => {
  const number = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001022' }
  const known = patient('', { identifier: [{ system: system('X99'), value: 'A1' }, number] })
  const byNumber = { ...potassium, subject: { identifier: number } }
  expect(
    read(bundle('collection', { resource: known }, { resource: byNumber })).patientKeys,
  ).toEqual(['X99|A1'])
  expect(read(byNumber).faults).toMatchObject([
    { code: 'UNKNOWN_PATIENT', at: 'Observation.subject' },
  ])
  expect(read(byNumber, pharmacy).patientKeys).toEqual(
    read(patient('', { identifier: [number], birthDate: undefined }), pharmacy).patientKeys,
  )
})

test('two NHS numbers identify two people', () => {
  const two = ['9990001022', '9990001030'].map((value) => ({
    system: 'https://fhir.nhs.uk/Id/nhs-number',
    value,
  }))
  const numbers = read(
    patient('', { identifier: [{ system: system('X99'), value: 'A1' }, ...two] }),
  )
  expect(numbers.faults.map(({ code }) => code)).toEqual(['SEVERAL_PATIENTS'])
})

test('an old identifier is not the key', () => {
  const identifier = [
    { use: 'old', system: system('X99'), value: 'B2' },
    { use: 'official', system: system('X99'), value: 'A1' },
  ]
  expect(read(patient('', { identifier })).patientKeys).toEqual(['X99|A1'])
})

test('a CHI or H&C number stands in for an NHS number, and beside one is not used', () => {
  const identifier = (name: string, value: string) => ({
    system: `https://fhir.nhs.uk/Id/${name}-number`,
    value,
  })
  const keysOf = (...identifiers: object[]) =>
    read(patient('', { identifier: identifiers }), pharmacy).patientKeys
  const chi = identifier('chi', '0101010125')
  expect(keysOf(chi)).toEqual([surrogatePatientKey('XP1', '0101010125', '1960-02-01')])
  expect(keysOf(identifier('hc', '3200000015'))).toEqual([
    surrogatePatientKey('XP1', '3200000015', '1960-02-01'),
  ])
  expect(keysOf(chi, identifier('nhs', '9990001022'))).toEqual([
    surrogatePatientKey('XP1', '9990001022', '1960-02-01'),
  ])
  expect(keysOf(identifier('chi', '0101010126'))).toEqual([])
  expect(keysOf(chi, identifier('chi', '3112990005'))).toEqual([])
})
