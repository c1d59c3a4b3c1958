import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { rules, subject, trust } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { eventsOf, recordIn, stored } from './withdrawn-record.fixture.ts'
import { coded } from './withdrawn-words.fixture.ts'

const recordOf = (...resources: object[]) =>
  recordIn(
    stored(
      eventsOf(
        resources.map((resource) => ({ resource })),
        0,
      ),
    ),
  )
const clinical = (code: string) => ({
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }],
  },
})

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

const asthma = { resourceType: 'Condition', subject, code: coded('Asthma') }

test('a condition that is active and over is shown as both, and as contradicted', () => {
  const { conditions: problems, summary } = recordOf({
    ...asthma,
    ...clinical('active'),
    abatementDateTime: '2020-05-01',
  })
  expect(problems).toMatchObject([
    { status: 'active', contradicted: true, said: { abatedAt: '2020-05-01' } },
  ])
  expect(summary.problems.lines.map(({ text }) => text)).toEqual([
    'Asthma, until 01-May-2020 (contradicted: sent as ongoing and as over)',
  ])
})

test.each([
  ['that is over', { ...clinical('resolved'), abatementDateTime: '2020-05-01' }],
  ['that will be over', { ...clinical('active'), abatementDateTime: '2030-05-01' }],
  ['that goes on', clinical('active')],
])('a condition %s is not contradicted', (_, more) => {
  const { conditions: problems, summary } = recordOf({ ...asthma, ...more })
  expect(JSON.stringify([problems, summary])).not.toContain('contradicted')
})

test('an end in words is a note', () => {
  const { conditions: problems } = recordOf({
    ...asthma,
    ...clinical('active'),
    abatementString: 'in childhood',
  })
  expect(problems).toMatchObject([{ said: { notes: ['Abatement: in childhood'] } }])
})

test('what is active and entered in error at once is withdrawn', () => {
  const inError = (system: string) => ({
    verificationStatus: {
      coding: [
        { system: `http://terminology.hl7.org/CodeSystem/${system}`, code: 'entered-in-error' },
      ],
    },
  })
  const allergy = { resourceType: 'AllergyIntolerance', patient, code: coded('Nuts') }
  const { summary, withdrawn } = recordOf(
    { ...asthma, ...clinical('active'), ...inError('condition-ver-status') },
    {
      ...allergy,
      clinicalStatus: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
            code: 'active',
          },
        ],
      },
      ...inError('allergyintolerance-verification'),
    },
  )
  expect([summary.problems.lines, summary.allergies.lines]).toEqual([[], []])
  expect(withdrawn).toHaveLength(2)
})

test('an allergy without a clinical status stands', () => {
  const allergy = { resourceType: 'AllergyIntolerance', patient, code: coded('Nuts') }
  expect(recordOf(allergy).summary.allergies.lines).toMatchObject([
    { text: expect.stringContaining('Nuts'), status: 'active' },
  ])
})

test('why a list is empty is said', () => {
  const list = {
    resourceType: 'List',
    status: 'current',
    mode: 'working',
    subject,
    code: coded('Allergies'),
    emptyReason: { coding: [{ code: 'nilknown', display: 'Nil Known' }] },
  }
  expect(recordOf(list).resources).toMatchObject([
    { said: { emptyReason: { code: 'nilknown', text: 'Nil Known' } } },
  ])
})

test('another invariant still refuses the resource', () => {
  const sent = {
    resourceType: 'Observation',
    status: 'final',
    code: coded('K'),
    subject: { identifier: { system: 'https://x99.example/id/patient', value: 'A1' } },
    valueString: '1',
    dataAbsentReason: coded('unknown'),
  }
  const { faults } = normalise(
    { source: trust, bytes: Buffer.from(JSON.stringify(sent)), receivedAt: 1 },
    rules,
  )
  expect(faults).toMatchObject([{ code: 'INVARIANT' }])
})
