import type { ReportStatus } from '@tideway/schemas/documents/entry'

/** HL7 table 0123, result status (OBR-25). */
export const reportCodes = ['A', 'C', 'F', 'I', 'M', 'O', 'P', 'R', 'S', 'X', 'Y', 'Z'] as const
export type ReportCode = (typeof reportCodes)[number]

/**
 * What each OBR-25 makes of a report; `answersQuery` codes belong into query responses, so their
 * sender is told. A new code without a row does not compile.
 */
const rules: Record<ReportCode, { status: ReportStatus; answersQuery: boolean }> = {
  O: { status: 'registered', answersQuery: false },
  I: { status: 'registered', answersQuery: false },
  S: { status: 'registered', answersQuery: false },
  P: { status: 'preliminary', answersQuery: false },
  R: { status: 'preliminary', answersQuery: false },
  A: { status: 'partial', answersQuery: false },
  F: { status: 'final', answersQuery: false },
  C: { status: 'corrected', answersQuery: false },
  M: { status: 'corrected-preliminary', answersQuery: false },
  X: { status: 'cancelled', answersQuery: false },
  Y: { status: 'unknown', answersQuery: true }, // no order on record for this test
  Z: { status: 'unknown', answersQuery: true }, // no record of this patient
}

const isReportCode = (code: string | null): code is ReportCode =>
  reportCodes.some((known) => known === code)

/**
 * FHIR R4 diagnostic-report-status, what table 0123 has no code for: the whole report is taken
 * back, with every value of it.
 */
const takenBack = 'entered-in-error'

/** Whether a report says of itself that it was taken back. */
export const isTakenBack = (code: string | null): boolean => code === takenBack

export const reportStatusOf = (code: string | null): ReportStatus =>
  isReportCode(code) ? rules[code].status : isTakenBack(code) ? takenBack : 'unknown'

/**
 * Whether the code goes to the sender's data-quality list: it has no place in a result, or is in no
 * table.
 */
export const isDoubtful = (code: string | null): boolean =>
  code !== null && !isTakenBack(code) && (!isReportCode(code) || rules[code].answersQuery)
