import { expect, test } from 'vitest'
import { bundle, laboratory, observation, patient, post, read, system } from '../sender.fixture.ts'
import { lab, potassium, pressure, report, reportIn } from '../normalise/report.fixture.ts'

test('a report is one event with its observations, keyed as an ORU of its number and service', () => {
  const { events, problem, unused } = read(lab(report()))
  expect([problem, unused]).toEqual([null, []])
  expect(events.map(({ place, patientKey, body }) => [place, patientKey, body.type])).toEqual([
    ['Bundle.entry[0].resource', 'X99|A1', 'PatientDetailsReported'],
    ['Bundle.entry[1].resource', 'X99|A1', 'ResultReported'],
  ])
  const body = reportIn(lab(report()))
  expect(body).toMatchObject({ reportId: 'L4711^UE', fillerNumber: 'L4711', status: 'final' })
  expect(
    body?.observations.map(({ key, value, unit, place }) => [
      key,
      value,
      unit?.code ?? null,
      place,
    ]),
  ).toEqual([
    ['K||1', '6.1', 'mmol/L', 'Bundle.entry[2].resource'],
    ['SYS|BP|1', '120', null, 'Bundle.entry[3].resource.component[0]'],
    ['DIA|BP|1', '80', null, 'Bundle.entry[3].resource.component[1]'],
  ])
})

test("a laboratory's own number has its prefix, another organisation's does not", () => {
  const own = report({ identifier: [{ system: system('XL1', 'report'), value: 'L4711' }] })
  expect(reportIn(lab(own), laboratory)?.reportId).toBe('XL1:L4711^UE')
  expect(reportIn(lab(report()), laboratory)?.reportId).toBe('L4711^UE')
})

test("a report with another patient's observation is rejected", () => {
  const others = { ...potassium, subject: { identifier: { system: system('X99'), value: 'B2' } } }
  const { faults, events } = read(
    bundle(
      'transaction',
      post(patient(), 'urn:uuid:p'),
      post(report() as never),
      post(others, 'urn:uuid:o1'),
      post(pressure, 'urn:uuid:o2'),
    ),
  )
  expect(faults).toMatchObject([
    { code: 'SEVERAL_PATIENTS', at: 'Bundle.entry[2].resource.subject' },
  ])
  expect(events).toEqual([])
})

test('a report without one of its observations is rejected', () => {
  const { faults, events } = read(
    bundle('transaction', post(patient(), 'urn:uuid:p'), post(report() as never)),
  )
  expect(faults).toMatchObject([
    { code: 'DANGLING_REFERENCE', at: 'Bundle.entry[1].resource.result[0].reference' },
  ])
  expect(events).toEqual([])
})

test('a report that is cancelled needs no observations', () => {
  const gone = bundle(
    'transaction',
    post(patient(), 'urn:uuid:p'),
    post(report({ status: 'cancelled' }) as never),
  )
  expect(read(gone).faults).toEqual([])
  expect(reportIn(gone)).toMatchObject({ status: 'cancelled', observations: [], snapshot: null })
})

test('a report entered in error needs no observations, and retracts those that were sent', () => {
  const member = observation('GAS', { valueString: 'x', hasMember: [{ reference: 'urn:uuid:o9' }] })
  const gone = bundle(
    'transaction',
    post(patient(), 'urn:uuid:p'),
    post(report({ status: 'entered-in-error' }) as never),
    post(member, 'urn:uuid:o1'),
  )
  expect(read(gone).faults).toEqual([])
  expect(reportIn(gone)).toMatchObject({
    reportId: 'L4711^UE',
    status: 'entered-in-error',
    observations: [{ key: 'GAS||1', status: 'entered-in-error' }],
  })
  expect(reportIn(lab(report()))?.observations.map(({ status }) => status)).toEqual([
    'final',
    'final',
    'final',
  ])
})
