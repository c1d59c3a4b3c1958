import type { StatusSystem } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { observationStatuses, readObservationStatus } from './observation-status.ts'
import { dispenseStatuses, readDispenseStatus, readRequestStatus } from './order-status.ts'
import { readReportStatus, reportStatuses } from './report-status.ts'
import { readResourceStatus, resourceStatuses, resourceSystems } from './resource-status.ts'
import { statusReader, type StatusTable } from './status-table.ts'

test.each([
  ['F', 'OBSERVATION_STATUS', readObservationStatus],
  ['X', 'OBSERVATION_STATUS', readObservationStatus],
  ['C', 'DIAGNOSTIC_REPORT_STATUS', readReportStatus],
  ['revoked', 'MEDICATIONREQUEST_STATUS', readDispenseStatus],
  ['CA', 'REQUEST_STATUS', readRequestStatus],
  ['final', 'LIST_STATUS', readResourceStatus],
  ['revoked', 'TASK_STATUS', readResourceStatus],
  ['available', 'CONSENT_STATE_CODES', readResourceStatus],
] as const)(
  '%s in an element of %s is a code of another field, and unknown',
  (code, system, read) => {
    expect(read(code, system)).toEqual({
      status: 'unknown',
      statusAsSent: code,
      statusSystem: system,
    })
  },
)

test.each([
  ['final', 'HL70085', readObservationStatus, 'final'],
  ['entered-in-error', 'HL70085', readObservationStatus, 'entered-in-error'],
  ['amended', 'HL70123', readReportStatus, 'amended'],
  ['revoked', 'HL70038', readRequestStatus, 'cancelled'],
  ['declined', 'HL70038', readDispenseStatus, 'declined'],
] as const)(
  'a word of FHIR, %s, in HL7 table %s means what it means in FHIR',
  (code, system, read, status) => {
    expect(read(code, system)).toMatchObject({ status, statusAsSent: code })
  },
)

test('a word that two value sets mean differently is unknown in a field of HL7 v2', () => {
  const table = {
    draft: { TASK_STATUS: 'ready' },
    active: { GOAL_STATUS: 'ready', HL70038: 'A' },
  } as const satisfies StatusTable<string>
  expect(statusReader(table)('ready', 'HL70038').status).toBe('unknown')
  expect(statusReader(table)('A', 'LOCAL').status).toBe('unknown')
})

const tables: StatusTable<string>[] = [
  observationStatuses,
  reportStatuses,
  dispenseStatuses,
  resourceStatuses,
]
const codesIn = (table: StatusTable<string>, system?: StatusSystem): string[] =>
  Object.values(table).flatMap((codes) =>
    Object.entries(codes).flatMap(([of, some]) =>
      system === undefined || of === system ? [some].flat() : [],
    ),
  )

test('in every table a FHIR element takes its own codes only', () => {
  for (const table of tables)
    for (const element of Object.values(resourceSystems)) {
      const known = codesIn(table).filter(
        (code) => statusReader(table)(code, element).status !== 'unknown',
      )
      const own = codesIn(table, element).filter((code) => code !== 'unknown')
      expect([element, [...new Set(known)].toSorted()]).toEqual([element, own.toSorted()])
    }
})
