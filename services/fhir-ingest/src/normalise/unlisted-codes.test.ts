import { expect, test } from 'vitest'
import { retractionOf } from '../retractions/retraction-events.ts'
import { bundle, patient, read, rules, system } from '../sender.fixture.ts'

const mapped = [...rules.mappings.keys()].toSorted()
const words = [
  'Entered-in-error',
  'ENTERED-IN-ERROR',
  'entered-in-error ',
  ' entered-in-error',
  'entered_in_error',
  'void',
  'deleted',
  'Final',
  'Active',
  'F',
  'X',
  'constructor',
]
const statuses = mapped.flatMap((type) => {
  const element = retractionOf(type)?.element ?? null
  return element === null ? [] : [[type, element] as const]
})
/** A code, or a concept where the element is one. */
const sentAs = (element: string, code: string) =>
  element === 'verificationStatus' ? { coding: [{ code }] } : code
const faultsOf = (resource: object, at: string) =>
  read(resource).faults.filter((one) => one.at === at)

test('every mapped type with a status is among these', () => {
  expect(statuses.map(([type]) => type)).toEqual(
    mapped.filter((type) => type !== 'Patient' && type !== 'RelatedPerson'),
  )
})

test.each(statuses)('a %s whose %s is not a code of R4 is refused, naming it', (type, element) => {
  const at = `${type}.${element}`
  for (const word of words) {
    const resource = { resourceType: type, [element]: sentAs(element, word) }
    expect([word, faultsOf(resource, at).map(({ code }) => code)]).toEqual([
      word,
      ['INVALID_VALUE'],
    ])
    expect(read(resource).events).toEqual([])
  }
  const known = { resourceType: type, [element]: sentAs(element, 'entered-in-error') }
  expect(faultsOf(known, at)).toEqual([])
})

const subject = { identifier: { system: system('X99'), value: 'A1' } }
const concept = (code: string) => ({ coding: [{ code }] })

test.each([
  ['AllergyIntolerance.clinicalStatus', { clinicalStatus: concept('Resolved'), patient: subject }],
  ['Condition.clinicalStatus', { clinicalStatus: concept('gone'), subject }],
  ['MedicationRequest.intent', { intent: 'Order', subject }],
  ['ServiceRequest.intent', { intent: 'ordered', subject }],
  ['DocumentReference.docStatus', { docStatus: 'FINAL', status: 'current', subject }],
  [
    'DocumentReference.relatesTo[0].code',
    { relatesTo: [{ code: 'Replaces', target: { reference: 'DocumentReference/1' } }], subject },
  ],
  [
    'Encounter.location[0].status',
    { location: [{ status: 'Planned', location: { display: 'A' } }] },
  ],
  ['Patient.link[0].type', { link: [{ type: 'Replaced-by', other: { reference: 'Patient/2' } }] }],
  ['Patient.identifier[0].use', { identifier: [{ use: 'OLD', value: '1' }] }],
  [
    'Observation.contained[0].status',
    { contained: [{ resourceType: 'Observation', id: 'a', status: 'Final', code: { text: 'K' } }] },
  ],
])('another word at %s refuses the resource', (at, more) => {
  const resource = { resourceType: at.replace(/\..*$/, ''), ...more }
  expect(faultsOf(resource, at).map(({ code }) => code)).toEqual(['INVALID_VALUE'])
})

test.each([
  ['Patient.gender', patient('A1', { gender: 'F' }), { sex: 'F' }],
  [
    'Patient.telecom.use',
    patient('A1', { telecom: [{ system: 'phone', use: 'cell', value: '1' }] }),
    { telecoms: [{ value: '1', use: 'cell' }] },
  ],
  [
    'Patient.name.use',
    patient('A1', { name: [{ family: 'Ng', use: 'Official' }] }),
    { names: [{ family: 'Ng', use: 'Official' }] },
  ],
  [
    'AllergyIntolerance.criticality',
    {
      resourceType: 'AllergyIntolerance',
      criticality: 'HIGH',
      code: { text: 'x' },
      patient: subject,
      clinicalStatus: concept('active'),
    },
    { criticality: 'HIGH' },
  ],
  [
    'MedicationRequest.dosageInstruction.timing.repeat.periodUnit',
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Methotrexate' },
      subject,
      dosageInstruction: [{ timing: { repeat: { frequency: 1, period: 1, periodUnit: 'week' } } }],
    },
    { timings: [{ frequency: '1', period: { value: '1', unit: { code: 'week' } } }] },
  ],
])('another word at %s is shown as sent, and listed', (path, resource, body) => {
  const { faults, events, unused } = read(resource)
  expect(faults).toEqual([])
  expect(unused).toContain(`${path} INVALID_VALUE`)
  expect(events[0]?.body).toMatchObject(body)
})

test('an entry of a batch with such a status is refused alone', () => {
  const entry = (status: string, value: string) => ({
    resource: { resourceType: 'Flag', status, code: { text: value }, subject },
    request: { method: 'POST', url: 'Flag' },
  })
  const { faults, sent, events } = read(bundle('batch', entry('Active', 'a'), entry('active', 'b')))
  expect(faults).toEqual([])
  expect(sent?.entries.map((one) => one.faults.map(({ at }) => at))).toEqual([
    ['Bundle.entry[0].resource.status'],
    [],
  ])
  expect(events).toMatchObject([{ body: { code: { text: 'b' } } }])
})
