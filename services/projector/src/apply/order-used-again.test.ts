import { read, system } from '@tideway/fhir-ingest/sender.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { Document, EntryKind, Statement } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { hl7, recordOf } from './generations.fixture.ts'

/** Status of each entry of a kind, and how many messages it is made of, oldest first. */
const statuses = (kind: EntryKind, ...messages: PatientEvent[][]) =>
  recordOf(...messages)
    .filter((entry) => entry.kind === kind)
    .toSorted((a, b) => a.sortAt.getTime() - b.sortAt.getTime())
    .map(({ data, origins }) => [(data as Statement | Document).status, origins.length])

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

const subject = { identifier: { system: system('X99'), value: 'A1' } }
const put = (sent: string, resource: object): PatientEvent[] => {
  const { faults, events } = read({
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: `${sent}T12:00:00Z`,
    entry: [{ resource: { subject, ...resource } }],
  })
  expect(faults).toEqual([])
  return events
    .filter(({ body }) => body.type !== 'PatientDetailsReported')
    .map((event) => ({
      ...event,
      patientKey: patient,
      receivedAt: (Date.parse(`${sent}T12:00:01Z`) + 1) * 1000,
    }))
}
const identified = (kind: string, value: string) => ({
  identifier: [{ system: system('X99', kind), value }],
})

const encounter = (sent: string, status: string, period: object, more: object = {}) =>
  put(sent, {
    resourceType: 'Encounter',
    ...identified('visit', 'E1'),
    status,
    class: { code: 'IMP' },
    period,
    ...more,
  })

test('a FHIR Encounter identifier used again is another encounter, and a corrected period is not', () => {
  const first = encounter('2024-01-05', 'finished', { start: '2024-01-01', end: '2024-01-05' })
  const begun = encounter('2026-09-01', 'in-progress', { start: '2026-09-01T10:00:00+01:00' })
  expect(statuses('encounter', first, begun).map(([status]) => status)).toEqual(['closed', 'open'])
  const corrected = encounter('2024-01-06', 'finished', { start: '2024-01-02', end: '2024-01-05' })
  expect(statuses('encounter', first, corrected).map(([status]) => status)).toEqual(['closed'])
  const named = { identifier: [], id: 'e1' }
  expect(
    statuses(
      'encounter',
      encounter('2024-01-05', 'finished', { start: '2024-01-01', end: '2024-01-05' }, named),
      encounter('2026-09-01', 'in-progress', { start: '2026-09-01' }, named),
    ).map(([status]) => status),
  ).toEqual(['open'])
})

const diagnostic = (sent: string, taken: string, value: string) =>
  put(sent, {
    resourceType: 'DiagnosticReport',
    ...identified('report', 'L1'),
    status: 'final',
    code: { text: 'CRP' },
    effectiveDateTime: taken,
    conclusion: value,
  })

test('a FHIR DiagnosticReport identifier used again is another report, and a corrected date is not', () => {
  const first = diagnostic('2026-03-01', '2026-03-01T08:00:00Z', 'high')
  const again = diagnostic('2026-09-01', '2026-09-01T08:00:00Z', 'normal')
  expect(statuses('report', first, again)).toEqual([
    ['final', 1],
    ['final', 1],
  ])
  expect(
    statuses('report', first, diagnostic('2026-03-02', '2026-02-28T08:00:00Z', 'high')),
  ).toEqual([['final', 1]])
})

const serviceRequest = (sent: string, authoredOn: string, status: string) =>
  put(sent, {
    resourceType: 'ServiceRequest',
    ...identified('report', 'S1'),
    status,
    intent: 'order',
    code: { text: 'Echo' },
    authoredOn,
  })

test('a FHIR ServiceRequest identifier used again is another request', () => {
  const first = serviceRequest('2026-03-01', '2026-03-01', 'active')
  const done = serviceRequest('2026-03-05', '2026-03-01', 'completed')
  const again = serviceRequest('2026-09-01', '2026-09-01', 'active')
  expect(statuses('request', first, done, again)).toEqual([
    ['completed', 2],
    ['active', 1],
  ])
})
