import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { adt, entriesIn, pid, storedAfter, whereIn } from './short-form.fixture.ts'

const moved = (at: string, when: string, place: string) =>
  hl7(
    'ADT^A02',
    at,
    `M${at}`,
    `EVN|A02|${at}||||${when}`,
    pid,
    `PV1|1|I|${place}||||||||||||||||V1`,
  )

test('a transfer of a year to come never hides a later one', () => {
  const documents = storedAfter(
    adt('A01', '20260901100000'),
    moved('20260902100000', '20620902095500', 'W2^2^2'),
    moved('20260903100000', '20260903095500', 'W3^3^3'),
  )
  expect(whereIn(documents)).toMatchObject({ location: { pointOfCare: 'W3' } })
  expect(whereIn(documents)).not.toHaveProperty('inFuture')
  expect(entriesIn(documents, 'encounter')[0]).toMatchObject({
    stays: [{}, { from: '2062-09-02T09:55:00+01:00', inFuture: true }, {}],
  })
})

test('a place since a time to come says so', () => {
  const documents = storedAfter(
    adt('A01', '20260901100000'),
    moved('20260902100000', '20620902095500', 'W2^2^2'),
  )
  expect(whereIn(documents)).toMatchObject({ location: { pointOfCare: 'W2' }, inFuture: true })
})

test('a stay that begins in a year to come is not where the patient is now', () => {
  const visitOf = (number: string, place: string) => `PV1|1|I|${place}||||||||||||||||${number}`
  const documents = storedAfter(
    hl7(
      'ADT^A01',
      '20260901100000',
      'X1',
      'EVN|A01|20260901100000||||20620901100000',
      pid,
      visitOf('V1', 'OLD^1^1'),
    ),
    hl7(
      'ADT^A01',
      '20260905100000',
      'X2',
      'EVN|A01|20260905100000||||20260905100000',
      pid,
      visitOf('V2', 'NEW^1^1'),
    ),
  )
  expect(whereIn(documents)).toMatchObject({ location: { pointOfCare: 'NEW' } })
})

test('a discharge of a year to come does not keep a visit closed that begins anew', () => {
  const documents = storedAfter(
    adt('A01', '20260901100000'),
    hl7(
      'ADT^A03',
      '20260902100000',
      'D1',
      'EVN|A03|20260902100000',
      pid,
      `PV1|1|I|W1||||||||||||||||V1${'|'.repeat(26)}20620902100000`,
    ),
    adt('A01', '20260903100000'),
  )
  expect(entriesIn(documents, 'encounter')[0]).toMatchObject({ status: 'open' })
})

test('a medicine given in a year to come says so where it is listed', () => {
  const ras = hl7(
    'RAS^O17',
    '20260901100000',
    'R1',
    pid,
    'ORC|RE|P1',
    'RXA|0|1|20620901100000|20620901100000|H^Heparin|5000|units',
  )
  expect(entriesIn(storedAfter(ras), 'administration')[0]).toMatchObject({ inFuture: true })
})
