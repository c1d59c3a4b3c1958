import { getDataType } from '@medplum/core'
import { expect, test } from 'vitest'
import type { FhirObject } from '../parse-json.ts'
import { kinds } from './generated-resources.fixture.ts'
import { faultsIn, isPlain } from './prevalidate.fixture.ts'
import { invariants } from './prevalidate-invariants.ts'

const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
const timed = (repeat: object) => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { display: 'x' },
  occurrenceTiming: { repeat },
})
const document = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'urn:x', value: 'x' },
  timestamp: '2021-02-01T10:00:00Z',
  entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Composition' } }],
}

// Combinations that random generation rarely reaches.
test.each([
  {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'something', code: 'research' }] },
    category: [{ text: 'x' }],
    policyRule: { text: 'x' },
  },
  timed({ duration: 1 }),
  timed({ period: 1 }),
  timed({ duration: -1, durationUnit: 'h' }),
  timed({ period: -1, periodUnit: 'h' }),
  timed({ periodMax: 2 }),
  timed({ offset: 1 }),
  timed({ timeOfDay: ['10:00:00'], when: ['C'] }),
  { ...document, identifier: { value: 'x' } },
  { ...document, timestamp: undefined },
  { ...document, entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient' } }] },
])('prevalidation does not pass a broken invariant: %j', (json) => {
  const sent = JSON.parse(JSON.stringify(json)) as FhirObject
  expect([isPlain(sent), faultsIn(sent).map(({ code }) => code)]).toEqual([
    false,
    expect.arrayContaining(['INVARIANT']),
  ])
})

test.each([
  {
    resourceType: 'AllergyIntolerance',
    patient: { display: 'x' },
    clinicalStatus: { text: 'x' },
    verificationStatus: coded('allergyintolerance-verification', 'entered-in-error'),
  },
  { resourceType: 'AllergyIntolerance', patient: { display: 'x' } },
  {
    resourceType: 'Condition',
    subject: { display: 'x' },
    clinicalStatus: { text: 'x' },
    verificationStatus: coded('condition-ver-status', 'entered-in-error'),
  },
  {
    resourceType: 'Condition',
    subject: { display: 'x' },
    clinicalStatus: coded('condition-clinical', 'active'),
    abatementString: 'x',
  },
])('statuses that contradict what is beside them are no fault: %j', (json) => {
  expect([isPlain(json), faultsIn(json)]).toEqual([false, []])
})

test.each(Object.keys(invariants))('the invariant %s is defined in R4', (expression) => {
  const all = [
    ...new Set(
      kinds
        .flatMap((kind) => [getDataType(kind), ...getDataType(kind).innerTypes])
        .concat(
          ['Extension', 'Narrative', 'Timing', 'TimingRepeat'].map((type) => getDataType(type)),
        ),
    ),
  ]
  const known = all.flatMap(({ constraints, elements }) => [
    ...(constraints ?? []),
    ...Object.values(elements).flatMap((element) => element.constraints ?? []),
  ])
  expect(known.map((constraint) => constraint.expression)).toContain(expression)
})
