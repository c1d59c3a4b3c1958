import { expect, test } from 'vitest'
import { hl7, statuses } from './generations.fixture.ts'

const order = (control: string, sent: string, service = 'UE', more = sent) =>
  hl7('ORM^O01', sent, `ORC|${control}|P1|||||||${more}`, `OBR|1|P1||${service}^Test^LOCAL`)

test('a placer number ordered anew after the order was over is another order', () => {
  const placed = order('NW', '20260301100000')
  const done = order('CA', '20260302100000')
  const again = order('NW', '20260901100000')
  expect(statuses('request', placed, done, again)).toEqual([
    ['cancelled', 2],
    ['active', 1],
  ])
  expect(statuses('request', placed, done, again, order('DC', '20260902100000'))).toEqual([
    ['cancelled', 2],
    ['stopped', 2],
  ])
})

test('an order placed twice that still goes on is one order', () => {
  expect(statuses('request', order('NW', '20260301100000'), order('NW', '20260601100000'))).toEqual(
    [['active', 2]],
  )
})

test('an order sent again after it was over, with the time it was placed, is that order', () => {
  const placed = order('NW', '20260301100000')
  const done = order('CA', '20260302100000')
  const resent = order('NW', '20260303100000', 'UE', '20260301100000')
  expect(statuses('request', placed, done, resent)).toEqual([['active', 3]])
})

test('a placer number used for another service is another order; a changed order is not', () => {
  expect(
    statuses('request', order('NW', '20260301100000'), order('NW', '20260301110000', 'CRP')),
  ).toEqual([
    ['active', 1],
    ['active', 1],
  ])
  expect(
    statuses('request', order('NW', '20260301100000'), order('XO', '20260301110000', 'CRP')),
  ).toEqual([['active', 2]])
})

test('of two services under one number each message is about its own', () => {
  expect(
    statuses(
      'request',
      order('NW', '20260301100000'),
      order('NW', '20260301110000', 'CRP'),
      order('DC', '20260301120000'),
    ).toSorted(),
  ).toEqual([
    ['active', 1],
    ['stopped', 2],
  ])
})

const medicine = (control: string, sent: string, drug = 'AMOX') =>
  hl7(
    'RDE^O11',
    sent,
    `ORC|${control}|P8|||||||${sent}`,
    `RXE||${drug}^${drug}^LOCAL|1||g`,
    'RXR|PO',
  )

test('a prescription number used for another medicine, or again after it was stopped', () => {
  const first = medicine('NW', '20260301100000')
  const other = medicine('NW', '20260901100000', 'WARF')
  expect(statuses('prescription', first, other)).toEqual([
    ['active', 1],
    ['active', 1],
  ])
  expect(
    statuses(
      'prescription',
      first,
      medicine('DC', '20260303100000'),
      medicine('NW', '20260901100000'),
    ),
  ).toEqual([
    ['stopped', 2],
    ['active', 1],
  ])
  expect(statuses('prescription', first, other, medicine('DC', '20260905100000', 'WARF'))).toEqual([
    ['active', 1],
    ['stopped', 2],
  ])
})

test('what the pharmacy encodes of an order is that order, as another product or after it was stopped', () => {
  const asked = (control: string, sent: string) =>
    hl7(
      'OMP^O09',
      sent,
      `ORC|${control}|P8|||||||${sent}`,
      'RXO|AMOX250^Amoxicillin 250^LOCAL|1||g',
      'RXR|PO',
    )
  const encoded = medicine('NW', '20260301103000', 'AMOX500')
  expect(statuses('prescription', asked('NW', '20260301100000'), encoded)).toEqual([['active', 2]])
  expect(
    statuses('prescription', asked('NW', '20260301100000'), asked('DC', '20260301101000'), encoded),
  ).toHaveLength(1)
})

const booking = (trigger: string, sent: string, start: string) =>
  hl7(
    `SIU^${trigger}`,
    sent,
    `SCH||F9|||||||||^^^${start}`,
    'RGS|1',
    `AIS|1|A|ECHO^Echo^LOCAL|${start}`,
  )

test('an appointment number booked again after the appointment is another appointment', () => {
  const booked = booking('S12', '20260301100000', '20260310090000')
  const again = booking('S12', '20260901100000', '20260910090000')
  const missed = booking('S26', '20260310120000', '20260310090000')
  expect(statuses('appointment', booked, again)).toEqual([
    ['booked', 1],
    ['booked', 1],
  ])
  expect(statuses('appointment', booked, again, missed)).toEqual([
    ['no-show', 2],
    ['booked', 1],
  ])
  expect(
    statuses('appointment', booked, booking('S13', '20260302100000', '20260410090000')),
  ).toEqual([['booked', 2]])
  expect(
    statuses('appointment', booked, again, booking('S15', '20260902100000', '20260910090000')),
  ).toEqual([
    ['booked', 1],
    ['cancelled', 2],
  ])
})

const document = (type: string, sent: string, made: string, text: string) =>
  hl7(
    `MDM^${type}`,
    sent,
    `EVN|${type}|${sent}`,
    'PV1|1|I',
    `TXA|1|DS|TX|${made}||${made}||||||D1^DOCS|||||AU||AV`,
    `OBX|1|TX|T^Text||${text}||||||F`,
  )

test('a document number used again months later is another document', () => {
  const first = document('T02', '20260301100000', '20260301090000', 'First')
  const again = document('T02', '20260901100000', '20260901090000', 'Second')
  const gone = document('T11', '20260902100000', '20260301090000', 'First')
  expect(statuses('document', first, again)).toEqual([
    ['final', 1],
    ['final', 1],
  ])
  expect(statuses('document', first, again, gone)).toEqual([
    ['cancelled', 2],
    ['final', 1],
  ])
  expect(
    statuses('document', first, document('T08', '20260302100000', '20260302090000', 'Edited')),
  ).toEqual([['final', 2]])
})
