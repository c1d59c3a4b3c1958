import { expect, test } from 'vitest'
import { hl7, statuses } from './generations.fixture.ts'

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
