import { expect, test } from 'vitest'
import { patient, read, system } from '../sender.fixture.ts'

const unused = (more: object) => read(patient('A1', more)).unused

test('unused children of a partly used element are listed, without indices', () => {
  expect(unused({ address: [{ city: 'York', period: { start: '2020' } }] })).toEqual([
    'Patient.address.period',
  ])
  expect(unused({ link: [{ other: { display: 'Ng' }, type: 'seealso' }] })).toEqual([
    'Patient.link',
  ])
})

test('an unused repetition is listed even if another was used', () => {
  const coding = ['a', 'b', 'c'].map((code) => ({
    code,
    system: 'http://x.example',
    display: code,
  }))
  expect(unused({ maritalStatus: { coding: coding.slice(0, 2) } })).toEqual([])
  expect(unused({ maritalStatus: { coding } })).toEqual(['Patient.maritalStatus.coding'])
})

test('lists of primitives count as used as a whole', () => {
  expect(unused({ name: [{ family: 'Ng', given: ['Ann', 'Lee'] }] })).toEqual([])
})

test('a primitive with only an extension has no value', () => {
  const absent = {
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
    ],
  }
  const { events, unused: left } = read(
    patient('A1', { name: [{ family: 'Ng', given: [null, 'Ann'], _given: [absent, null] }] }),
  )
  expect(events[0]?.body).toMatchObject({ names: [{ given: ['Ann'] }] })
  expect(left).toEqual(['Patient.name.given.extension'])
})

test('extensions of primitives are listed; ids, narrative and profiles are not', () => {
  const birthTime = {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
        valueDateTime: '1960-02-01T10:00:00Z',
      },
    ],
  }
  expect(unused({ _birthDate: birthTime })).toEqual(['Patient.birthDate.extension'])
  expect(
    unused({
      meta: { profile: ['http://x.example'] },
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
      language: 'en',
    }),
  ).toEqual([])
})

test('an additional narrative and a confidentiality label are listed', () => {
  expect(
    unused({
      text: { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
    }),
  ).toEqual(['Patient.text'])
  expect(unused({ meta: { security: [{ code: 'R' }] } })).toEqual(['Patient.meta.security'])
})

test('contained resources are listed by their own type', () => {
  const practitioner = {
    resourceType: 'Practitioner',
    id: 'd',
    name: [{ family: 'Lu' }],
    gender: 'female',
  }
  expect(
    unused({
      contained: [practitioner],
      generalPractitioner: [{ reference: '#d', display: 'Dr Lu' }],
    }),
  ).toEqual(['Practitioner.gender'])
})

test('a resource kept complete has no unused elements', () => {
  const flag = {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'walk' },
    target: [{ detailString: 'a mile', measure: { text: 'distance' } }],
    contained: [{ resourceType: 'Basic', id: 'b', code: { text: 'x' } }],
  }
  expect(
    read({ ...flag, subject: { identifier: { system: system('X99'), value: 'A1' } } }).unused,
  ).toEqual([])
})
