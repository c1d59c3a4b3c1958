import { beforeAll, expect, test } from 'vitest'
import { loadDefinitions } from '../definitions.ts'
import type { FhirObject } from '../fhir-object.ts'
import { findingsOf } from './validate.ts'

beforeAll(loadDefinitions)

const observation = (more: object): FhirObject => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'K' },
  ...more,
})
const faultsIn = (json: FhirObject) =>
  findingsOf(json, 'Observation').faults.map(({ code, at }) => [code, at])
const unlistedIn = (json: FhirObject) => findingsOf(json, String(json['resourceType'])).unlisted

test.each([
  'T09',
  'T09Z',
  'T09:00:00+',
  'T09:00:00-',
  '+14:00',
  '-',
  'T09:00',
  'T09:00:00+14:59',
  'T09:00:00-14:30',
])('a day followed by %s is no dateTime', (rest) => {
  const at = `2026-09-01${rest}`
  const places = (more: object) =>
    faultsIn(observation(more)).map(
      ([code, place]) => `${code} ${place?.replace('[x]', '').replace('Period', '')}`,
    )
  expect(places({ effectiveDateTime: at })).toEqual([
    expect.stringMatching(/^INVALID_VALUE Observation\.effective(DateTime)?$/),
  ])
  expect(places({ effectivePeriod: { start: at } })).toEqual([
    'INVALID_VALUE Observation.effective.start',
  ])
  expect(places({ contained: [observation({ id: 'a', effectiveDateTime: at })] })).toHaveLength(1)
  expect(places({ issued: at })).toEqual(['INVALID_VALUE Observation.issued'])
})

test.each(['', 'T09:00:00', 'T09:00:00Z', 'T09:00:00.250+14:00', 'T09:00:00-12:00'])(
  'a day followed by %j is a dateTime',
  (rest) => {
    expect(faultsIn(observation({ effectiveDateTime: `2026-09-01${rest}` }))).toEqual([])
  },
)

test.each(['Final', 'FINAL', 'void', 'completed', 'F', 'entered_in_error'])(
  'a status %j is listed as in no value set',
  (status) => {
    expect(unlistedIn(observation({ status }))).toEqual([
      { element: 'Observation.status', at: 'Observation.status' },
    ])
    expect(unlistedIn(observation({ contained: [observation({ status })] }))).toEqual([
      { element: 'Observation.status', at: 'Observation.contained[0].status' },
    ])
  },
)

test.each(['final ', ' final', '\tfinal'])('a status %j is a fault', (status) => {
  expect(faultsIn(observation({ status }))).toEqual([['INVALID_VALUE', 'Observation.status']])
})

test('codes in data types and lists are found at their places', () => {
  const patient = {
    resourceType: 'Patient',
    gender: 'F',
    identifier: [
      { use: 'official', value: '1' },
      { use: 'Old', value: '2' },
    ],
    link: [{ other: { reference: 'Patient/2' }, type: 'Replaced-by' }],
  }
  expect(unlistedIn(patient)).toEqual([
    { element: 'Patient.gender', at: 'Patient.gender' },
    { element: 'Patient.identifier.use', at: 'Patient.identifier[1].use' },
    { element: 'Patient.link.type', at: 'Patient.link[0].type' },
  ])
})

const system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'
const allergy = (clinicalStatus: object): FhirObject => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: 'Patient/1' },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  clinicalStatus,
})
const isListed = (status: object) =>
  !unlistedIn(allergy(status)).some(({ element }) => element.endsWith('.clinicalStatus'))

test.each([
  [{ coding: [{ system, code: 'resolved' }] }, true],
  [
    {
      coding: [
        { system: 'urn:x', code: 'gone' },
        { system, code: 'resolved' },
      ],
    },
    true,
  ],
  [{ coding: [{ code: 'resolved' }] }, true],
  [{ coding: [{ system: 'http://hl7.org/fhir/allergy-clinical-status', code: 'active' }] }, true],
  [{ text: 'resolved' }, true],
  [{ coding: [{ system, code: 'Resolved' }] }, false],
  [
    {
      coding: [
        { system, code: 'Resolved' },
        { system: 'urn:x', code: 'active' },
      ],
    },
    false,
  ],
  [
    {
      coding: [
        { system, code: 'active' },
        { system, code: 'void' },
      ],
    },
    false,
  ],
  [{ coding: [{ system: 'urn:x', code: 'gone' }] }, false],
  [{ coding: [{ system: 'urn:x', code: 'gone' }], text: 'active' }, false],
  [{ text: 'Entered in error' }, false],
])('a clinical status %j is in the value set: %s', (status, expected) => {
  expect(isListed(status)).toBe(expected)
})

test('codes without a list in R4 are accepted', () => {
  const attachment = {
    contentType: 'application/x-unknown',
    language: 'tlh',
    url: 'https://x.example',
  }
  expect(
    unlistedIn({
      resourceType: 'DocumentReference',
      status: 'current',
      content: [{ attachment }],
    }),
  ).toEqual([])
})
