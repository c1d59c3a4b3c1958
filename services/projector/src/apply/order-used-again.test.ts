import type { Statement } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { hl7, statuses } from './generations.fixture.ts'
import { storedAfter } from './match-observation.fixture.ts'

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

test('a response is about an order there is, also where it repeats ORC-1 or leaves it out', () => {
  const placed = order('NW', '20260301100000')
  const answered = (control: string) =>
    hl7('ORR^O02', '20260302100000', `MSA|AR|1`, `ORC|${control}|P1`, 'OBR|1|P1||CRP^Test^LOCAL')
  for (const control of ['NW', ''])
    expect(statuses('request', placed, answered(control))).toHaveLength(1)
})

test('a cancellation by number alone stops the newest use of each order that shares the number', () => {
  const both = (control: string, sent: string) =>
    hl7(
      'OMG^O19',
      sent,
      ...['UE', 'CRP'].flatMap((service) => [
        `ORC|${control}|P1|||||||${sent}`,
        `OBR|1|P1||${service}^Test^LOCAL`,
      ]),
    )
  const alone = hl7('ORM^O01', '20260902100000', 'ORC|CA|P1')
  expect(
    statuses(
      'request',
      both('NW', '20260301100000'),
      both('DC', '20260302100000'),
      both('NW', '20260901100000'),
      alone,
    ).map(([status]) => status),
  ).toEqual(['stopped', 'stopped', 'cancelled', 'cancelled', 'cancelled'])
})

test('an order first heard of late has what was said of its number, in whichever use of it', () => {
  const together = hl7(
    'OMG^O19',
    '20260901100100',
    ...['UE', 'CRP'].flatMap((service) => [
      'ORC|NW|P1|||||||20260901100100',
      `OBR|1|P1||${service}^Test^LOCAL`,
    ]),
  )
  const told = [
    order('NW', '20260301100000'),
    order('CA', '20260302100000'),
    order('NW', '20260901100000'),
    hl7('ORM^O01', '20261001100000', 'ORC|CA|P1'),
    together,
  ]
  const stored = [...storedAfter(told.flat(), 1).values()]
  expect(
    stored.map(({ _id, data }) => [_id.split('|').at(-1), (data as Statement).status]),
  ).toContainEqual(['P1^CRP', 'cancelled'])
})
