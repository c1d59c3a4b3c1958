import type { MedicationPrescribed, RequestReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { bodies, requests, given } from './orders.fixture.ts'

test('an order is identified by its placer number, so that a cancellation finds it', () => {
  expect(
    requests('ORC|NW|P1|F1', 'OBR|1|P1|F1|UE^Urea', 'ORC|CA|P1').map(({ requestId }) => requestId),
  ).toEqual(['P1', 'P1'])
  expect([
    requests('ORC|NW|P1|F1', 'OBR|1|||UE')[0]?.requestId,
    requests('ORC|CA|P1')[0]?.requestId,
    requests('ORC|SC||F1', 'OBR|1|||UE')[0]?.requestId,
  ]).toEqual(['P1', 'P1', 'F1'])
})

test('orders with one number are distinguished by their service', () => {
  expect(
    requests('ORC|NW|P1', 'OBR|1|||NA', 'OBR|2|||K').map(({ requestId, control }) => [
      requestId,
      control,
    ]),
  ).toEqual([
    ['P1^NA', 'NW'],
    ['P1^K', 'NW'],
  ])
})

test('without a number, group, service and time identify the order', () => {
  expect(requests('ORC|SC|||G1|CM||||20260701090000', 'OBR|1|||UE')[0]?.requestId).toBe(
    '~G1^UE@2026-07-01T09:00:00+01:00',
  )
  expect(
    requests('ORC|NW', 'OBR|1|||UE', 'ORC|NW', 'OBR|1|||UE').map(({ requestId }) => requestId),
  ).toEqual(['~UE@', '~UE@#2'])
  expect(requests('ORC|SC')).toEqual([])
  expect(requests()).toEqual([])
  expect(requests('ORC|SC', 'ORC|NW|P1', 'OBR|1|||UE').map(({ requestId }) => requestId)).toEqual([
    'P1',
  ])
})

test('a number of another sender is prefixed with its name, unless its authority is the patient’s own organisation', () => {
  const ofLab = (placer: string) =>
    (bodies('requests', [`ORC|SC|${placer}`, 'OBR|1|||UE'], { ods: 'XL1' })[0] as RequestReported)
      .requestId
  expect([ofLab('P1'), ofLab('P1^OCS'), ofLab('P1^X99PAS')]).toEqual(['XL1:P1', 'XL1:P1', 'P1'])
})

test('a number of the OBR that differs from the ORC’s is an other number', () => {
  expect(requests('ORC|NW|P1', 'OBR|1|P2|F2|UE')[0]).toMatchObject({
    requestId: 'P1',
    placerNumber: 'P1',
    fillerNumber: 'F2',
    otherNumbers: ['P2'],
  })
  expect(requests('ORC|NW|P1^EPR', 'OBR|1|P1^EPR||UE')[0]?.otherNumbers).toEqual([])
})

test('an ORC alone in a message of either kind updates both a request and a prescription', () => {
  expect(bodies('either', ['ORC|DC|P1']).map(({ type }) => type)).toEqual([
    'RequestReported',
    'MedicationPrescribed',
  ])
  expect(bodies('either', ['ORC|NW|P1']).map(({ type }) => type)).toEqual(['RequestReported'])
  expect(bodies('medicines', ['ORC|DC|P1']).map(({ type }) => type)).toEqual([
    'MedicationPrescribed',
  ])
  expect(bodies('requests', ['ORC|DC|P1']).map(({ type }) => type)).toEqual(['RequestReported'])
})

test('the original order is `repeated` beside the encoded one, and both are beside a dose', () => {
  const kinds = (...segments: string[]) =>
    bodies('medicines', segments).map((body) => [body.type, (body as MedicationPrescribed).kind])
  expect(kinds('ORC|NW|P1', 'RXO|A')).toEqual([['MedicationPrescribed', 'prescription']])
  expect(kinds('ORC|NW|P1', 'RXO|A', 'RXE||B')).toEqual([
    ['MedicationPrescribed', 'repeated'],
    ['MedicationPrescribed', 'prescription'],
  ])
  expect(kinds('ORC|RE|P1', 'RXO|A', 'RXE||B', 'RXA|1|1|20260701|20260701|B')).toEqual([
    ['MedicationPrescribed', 'repeated'],
    ['MedicationPrescribed', 'repeated'],
    ['MedicationGiven', undefined],
  ])
})

test('timing is that of the segment itself, else that of its ORC', () => {
  const patterns = (...segments: string[]) =>
    bodies('medicines', segments).map((body) =>
      (body as MedicationPrescribed).timings.map((timing) => timing.patterns[0]?.code),
    )
  expect(patterns('ORC|NW|P1', 'TQ1|1||BID', 'RXO|A', 'RXE||B', 'TQ1|1||TID')).toEqual([
    ['BID'],
    ['TID'],
  ])
  expect(patterns('ORC|NW|P1', 'TQ1|1||BID', 'RXE||B')).toEqual([['BID']])
  expect(patterns('ORC|NW|P1|||||^QID', 'RXE|^QHS|B')).toEqual([['QHS']])
  expect(patterns('ORC|NW|P1|||||^QID', 'RXE||B')).toEqual([['QID']])
})

test('two doses never become one: they differ by time, else by their position', () => {
  const ids = (...segments: string[]) =>
    given(...segments).map(({ administrationId, prescriptionId }) => [
      administrationId,
      prescriptionId,
    ])
  expect(
    ids(
      'ORC|RE|P1',
      'RXA|0|1|202607010800|202607010800|A',
      'ORC|RE|P1',
      'RXA|0|1|202607011400|202607011400|A',
    ),
  ).toEqual([
    ['P1|0.1@2026-07-01T08:00+01:00', 'P1'],
    ['P1|0.1@2026-07-01T14:00+01:00', 'P1'],
  ])
  expect(ids('ORC|RE|P1', 'RXA|0|1|20260701||A', 'RXA|0|1|20260701||B').map(([id]) => id)).toEqual([
    'P1|0.1@2026-07-01',
    'P1|0.1@2026-07-01#2',
  ])
  expect(ids('ORC|RE|P1', 'RXA|0|1|yesterday||A', 'RXA|0|1|today||A').map(([id]) => id)).toEqual([
    'P1|0.1@yesterday',
    'P1|0.1@today',
  ])
  expect(given('ORC|RE|P1', 'RXA|0|1|yesterday||A')[0]).toMatchObject({ givenAt: null })
})

test('a route after several doses is the route of each', () => {
  expect(
    given('ORC|RE|P1', 'RXA|0|1|20260701||A', 'RXA|0|2|20260702||A', 'RXR|PO').map(
      ({ route }) => route?.code,
    ),
  ).toEqual(['PO', 'PO'])
})

test('specimens before their orders belong to each of them, their observations to the first', () => {
  const read = bodies(
    'requests',
    [
      'SPM|1|S1||B',
      'OBX|1|ST|V||low',
      'ORC|NW|P1',
      'OBR|1|||NA',
      'ORC|NW|P2',
      'OBR|1|||K',
      'SPM|2|S2||U',
      'ORC|NW|P3',
      'OBR|1|||C',
    ],
    { first: true },
  ) as RequestReported[]
  expect(
    read.map(({ specimens, answers }) => [
      specimens.map(({ specimenId }) => specimenId),
      answers.length,
    ]),
  ).toEqual([
    [['S1'], 1],
    [['S1'], 0],
    [['S2'], 0],
  ])
})
