import { read, system } from '@tideway/fhir-ingest/sender.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { statuses } from './generations.fixture.ts'

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
