import type { ResultReported } from '@tideway/schemas/events.generated'
import {
  bundle,
  observation,
  patient,
  post,
  read,
  subject,
  system,
  trust,
} from '../sender.fixture.ts'

/** A report of two observations, and the Bundle they are sent in. */
export const report = (more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  subject,
  identifier: [{ system: system('X99', 'report'), value: 'L4711' }],
  code: { coding: [{ code: 'UE', display: 'Urea and electrolytes' }] },
  result: [{ reference: 'urn:uuid:o1' }, { reference: 'urn:uuid:o2' }],
  ...more,
})
export const potassium = observation('K', {
  valueQuantity: {
    value: 6.1,
    unit: 'mmol/L',
    system: 'http://unitsofmeasure.org',
    code: 'mmol/L',
  },
})
export const pressure = observation('BP', {
  component: [
    { code: { coding: [{ code: 'SYS' }] }, valueQuantity: { value: 120 } },
    { code: { coding: [{ code: 'DIA' }] }, valueQuantity: { value: 80 } },
  ],
})
export const lab = (of: object) =>
  bundle(
    'transaction',
    post(patient(), 'urn:uuid:p'),
    post(of as never),
    post(potassium, 'urn:uuid:o1'),
    post(pressure, 'urn:uuid:o2'),
  )
export const reportIn = (resource: object, source = trust) =>
  read(resource, source)
    .events.map(({ body }) => body)
    .find((body): body is ResultReported => body.type === 'ResultReported')
