import type { ReportStatus } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { codesOf } from './codes.fixture.ts'
import {
  isDoubtful,
  isRetracted,
  readReportStatus,
  reportStatuses,
  shownReportStatus,
} from './report-status.ts'

const rows: Record<string, { status: ReportStatus; doubtful: boolean }> = {
  O: { status: 'registered', doubtful: false },
  I: { status: 'registered', doubtful: false },
  S: { status: 'registered', doubtful: false },
  N: { status: 'registered', doubtful: false },
  P: { status: 'preliminary', doubtful: false },
  R: { status: 'preliminary', doubtful: false },
  A: { status: 'partial', doubtful: false },
  F: { status: 'final', doubtful: false },
  C: { status: 'corrected', doubtful: false },
  M: { status: 'corrected-preliminary', doubtful: false },
  X: { status: 'cancelled', doubtful: false },
  Y: { status: 'unknown', doubtful: true },
  Z: { status: 'unknown', doubtful: true },
}
const codes = codesOf(reportStatuses, 'HL70123')
const read = (code: string | null) => readReportStatus(code, 'HL70123')

test('every code of table 0123 has a row', () => {
  expect(Object.keys(rows).toSorted()).toEqual(codes.toSorted())
})

test.each(Object.entries(rows))('OBR-25 %s', (code, row) => {
  const sent = read(code)
  expect({ status: shownReportStatus(sent.status), doubtful: isDoubtful(sent) }).toEqual(row)
})

test('no code is no status and no doubt; a code in no table is unknown and doubtful', () => {
  expect([shownReportStatus(read(null).status), isDoubtful(read(null))]).toEqual([null, false])
  expect([shownReportStatus(read('Q').status), isDoubtful(read('Q'))]).toEqual(['unknown', true])
})

test('only FHIR has a code for a report entered in error, which is retracted and not doubtful', () => {
  const sent = readReportStatus('entered-in-error', 'DIAGNOSTIC_REPORT_STATUS')
  expect([shownReportStatus(sent.status), isRetracted(sent.status), isDoubtful(sent)]).toEqual([
    'entered-in-error',
    true,
    false,
  ])
  expect([...codes, null, 'D'].filter((code) => isRetracted(read(code).status))).toEqual([])
})

test.each(['amended', 'appended', 'corrected'])('a DiagnosticReport %s stays so', (code) => {
  const sent = readReportStatus(code, 'DIAGNOSTIC_REPORT_STATUS')
  expect(shownReportStatus(sent.status)).toBe(code)
})
