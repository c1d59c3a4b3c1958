import type { ReportStatus } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import {
  isDoubtful,
  isTakenBack,
  type ReportCode,
  reportCodes,
  reportStatusOf,
} from './report-status.ts'

const rows: Record<ReportCode, { status: ReportStatus; doubtful: boolean }> = {
  O: { status: 'registered', doubtful: false },
  I: { status: 'registered', doubtful: false },
  S: { status: 'registered', doubtful: false },
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

test.each(reportCodes)('OBR-25 %s', (code) => {
  expect({ status: reportStatusOf(code), doubtful: isDoubtful(code) }).toEqual(rows[code])
})

test('no code is unknown and no doubt; a code in no table is both', () => {
  expect([reportStatusOf(null), isDoubtful(null)]).toEqual(['unknown', false])
  expect([reportStatusOf('Q'), isDoubtful('Q')]).toEqual(['unknown', true])
})

test('what FHIR says was entered in error is taken back, which no code of the table says, and no doubt', () => {
  expect([reportStatusOf('entered-in-error'), isDoubtful('entered-in-error')]).toEqual([
    'entered-in-error',
    false,
  ])
  expect([...reportCodes, null, 'D'].filter(isTakenBack)).toEqual([])
})
