import { expect, test } from 'vitest'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { bundle, observation, patient, post, read, subject } from '../sender.fixture.ts'

const report = (more: object, ...results: string[]) =>
  post({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'U&E' },
    subject,
    result: results.map((reference) => ({ reference })),
    ...more,
  } as never)
const measured = (code: string, more: object = {}) =>
  post(observation(code, { valueQuantity: { value: 6.1 } }, more), `urn:uuid:${code}`)
const modifier = { modifierExtension: [{ url: 'https://x99.example/negated', valueBoolean: true }] }
const batch = (...entries: object[]) =>
  read(bundle('batch', post(patient(), 'urn:uuid:p'), ...entries))
const reportsIn = ({ events }: ReturnType<typeof read>) =>
  events.flatMap(({ body }) =>
    body.type === 'ResultReported'
      ? [(body as ResultReported).observations.map(({ code }) => code.code)]
      : [],
  )
const faultsIn = ({ sent }: ReturnType<typeof read>) =>
  sent?.entries.slice(1).map(({ faults }) => faults.map(({ code }) => code))

test('the observations of a rejected report are mapped separately', () => {
  const normalised = batch(measured('K'), report({}, 'urn:uuid:K', 'urn:uuid:Na'))
  expect(faultsIn(normalised)).toEqual([[], ['DANGLING_REFERENCE']])
  expect(reportsIn(normalised)).toEqual([['K']])
})

test('so are those of a report rejected as a duplicate', () => {
  const number = { identifier: [{ value: 'L1' }] }
  const normalised = batch(
    measured('K'),
    measured('Na'),
    report(number, 'urn:uuid:K'),
    report(number, 'urn:uuid:K', 'urn:uuid:Na'),
  )
  expect(faultsIn(normalised)).toEqual([[], [], [], ['DUPLICATE_ENTRY']])
  expect(reportsIn(normalised)).toEqual([['K'], ['Na']])
})

test('so are those of a report with an unknown modifier', () => {
  const normalised = batch(measured('K'), report(modifier, 'urn:uuid:K'))
  expect(faultsIn(normalised)).toEqual([[], ['UNKNOWN_MODIFIER']])
  expect(reportsIn(normalised)).toEqual([['K']])
})

test('an observation with an unknown modifier is not mapped through a report either', () => {
  const normalised = batch(
    measured('K', modifier),
    measured('Na'),
    report({}, 'urn:uuid:K', 'urn:uuid:Na'),
  )
  expect(faultsIn(normalised)).toEqual([['UNKNOWN_MODIFIER'], [], ['FAULTY_REFERENCE']])
  expect(reportsIn(normalised)).toEqual([['Na']])
  expect(normalised.problem).toMatchObject({ code: 'UNKNOWN_MODIFIER' })
  const medicine = post(
    { resourceType: 'Medication', code: { text: 'abacavir' }, ...modifier } as never,
    'urn:uuid:m',
  )
  const request = post({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject,
    medicationReference: { reference: 'urn:uuid:m' },
  } as never)
  expect(batch(medicine, request).events.map(({ body }) => body.type)).toEqual([
    'PatientDetailsReported',
  ])
})

test('a report entered in error leaves no valid value', () => {
  const statuses = (status: string) =>
    batch(measured('K'), report({ status }, 'urn:uuid:K')).events.flatMap(({ body }) =>
      body.type === 'ResultReported'
        ? [body.status, ...body.observations.map((one) => one.status)]
        : [],
    )
  expect(statuses('entered-in-error')).toEqual(['entered-in-error', 'entered-in-error'])
  expect(statuses('final')).toEqual(['final', 'final'])
})
