import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { rules, subject, trust } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { eventsOf, recordIn, stored } from './withdrawn-record.fixture.ts'
import { coded } from './withdrawn-words.fixture.ts'

const patient = subject
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

test('a value beside the reason why there is none is kept, and listed', () => {
  const sent = {
    resourceType: 'Observation',
    status: 'final',
    code: coded('K'),
    subject: { identifier: { system: 'https://x99.example/id/patient', value: 'A1' } },
    valueString: '1',
    dataAbsentReason: coded('unknown'),
  }
  const { faults, unused, events } = normalise(
    { source: trust, bytes: Buffer.from(JSON.stringify(sent)), receivedAt: 1 },
    rules,
  )
  expect([faults, unused]).toEqual([[], ['Observation INVARIANT']])
  expect(events[0]?.body).toMatchObject({ observations: [{ value: '1' }] })
})
