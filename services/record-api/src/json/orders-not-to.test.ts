import { subject } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { eventsOf, recordIn, stored } from './withdrawn-record.fixture.ts'
import { coded } from './withdrawn-words.fixture.ts'

const recordOf = (resource: object) => recordIn(stored(eventsOf([{ resource }], 0)))

const prescription = {
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  subject,
  medicationCodeableConcept: coded('Penicillin'),
}

test('an order not to give a medicine is said to be one wherever it is shown', () => {
  const { summary, medicines, prescriptions } = recordOf({ ...prescription, doNotPerform: true })
  expect(summary.medicines.lines).toMatchObject([
    { text: expect.stringMatching(/^DO NOT GIVE: Penicillin/), doNotPerform: true },
  ])
  expect(medicines).toMatchObject([
    {
      line: expect.stringMatching(/^DO NOT GIVE: Penicillin.*; NOT TO BE GIVEN, order active$/),
      prescribed: { doNotPerform: true, line: expect.stringMatching(/^DO NOT GIVE/) },
    },
  ])
  expect(JSON.stringify(medicines)).not.toContain('PRESCRIBED')
  expect(prescriptions).toMatchObject([
    { doNotPerform: true, line: expect.stringMatching(/^DO NOT GIVE/), status: 'active' },
  ])
})

test('an order to give it is not', () => {
  const { summary, medicines, prescriptions } = recordOf({ ...prescription, doNotPerform: false })
  expect(JSON.stringify([summary, medicines])).not.toMatch(/DO NOT|doNotPerform/)
  expect(prescriptions[0]).not.toHaveProperty('doNotPerform')
})

test('a request not to do something says so beside its status', () => {
  const request = { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject }
  const { requests } = recordOf({ ...request, code: coded('Transfusion'), doNotPerform: true })
  expect(requests).toMatchObject([{ doNotPerform: true, status: 'active' }])
})

const absent = {
  _status: {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
        valueCode: 'unknown',
      },
    ],
  },
}
const patient = subject
test.each([
  [
    'immunizations',
    {
      resourceType: 'Immunization',
      patient,
      vaccineCode: coded('MMR'),
      occurrenceDateTime: '2026-01-01',
    },
  ],
  ['procedures', { resourceType: 'Procedure', subject, code: coded('Biopsy') }],
  ['alerts', { resourceType: 'Flag', subject, code: coded('Falls') }],
  [
    'dispenses',
    { resourceType: 'MedicationDispense', subject, medicationCodeableConcept: coded('X') },
  ],
  [
    'administrations',
    {
      resourceType: 'MedicationAdministration',
      subject,
      medicationCodeableConcept: coded('X'),
      effectiveDateTime: '2026-01-01',
    },
  ],
] as const)('of %s with a reason in place of the status that is not known', (section, resource) => {
  expect(recordOf({ ...resource, ...absent })[section]).toMatchObject([{ status: 'unknown' }])
})
