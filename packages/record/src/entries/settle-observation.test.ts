import type { ObservationStatus } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { codesOf } from '../status/codes.fixture.ts'
import { observationStatuses, readObservationStatus } from '../status/observation-status.ts'
import { settleObservation } from './settle-observation.ts'

type Ends = readonly [ObservationStatus, number | null]
/**
 * Alone with a value; after a preliminary, with a value; after a preliminary, without one; after a
 * withdrawn one, without a value.
 */
type Row = { alone: Ends; withValue: Ends; without: Ends; afterWithdrawal: Ends }

const rows: Record<string, Row> = {
  F: {
    alone: ['final', 0],
    withValue: ['final', 1],
    without: ['final', null],
    afterWithdrawal: ['final', null],
  },
  P: {
    alone: ['preliminary', 0],
    withValue: ['preliminary', 1],
    without: ['preliminary', null],
    afterWithdrawal: ['preliminary', null],
  },
  C: {
    alone: ['corrected', 0],
    withValue: ['corrected', 1],
    without: ['corrected', null],
    afterWithdrawal: ['corrected', null],
  },
  A: {
    alone: ['amended', 0],
    withValue: ['amended', 1],
    without: ['amended', 0],
    afterWithdrawal: ['entered-in-error', null],
  },
  D: {
    alone: ['entered-in-error', null],
    withValue: ['entered-in-error', null],
    without: ['entered-in-error', null],
    afterWithdrawal: ['entered-in-error', null],
  },
  W: {
    alone: ['wrong-patient', null],
    withValue: ['wrong-patient', null],
    without: ['wrong-patient', null],
    afterWithdrawal: ['wrong-patient', null],
  },
  X: {
    alone: ['cancelled', null],
    withValue: ['cancelled', null],
    without: ['cancelled', null],
    afterWithdrawal: ['cancelled', null],
  },
  R: {
    alone: ['preliminary', 0],
    withValue: ['preliminary', 1],
    without: ['preliminary', null],
    afterWithdrawal: ['preliminary', null],
  },
  S: {
    alone: ['preliminary', 0],
    withValue: ['preliminary', 1],
    without: ['preliminary', null],
    afterWithdrawal: ['preliminary', null],
  },
  I: {
    alone: ['registered', null],
    withValue: ['registered', null],
    without: ['registered', null],
    afterWithdrawal: ['registered', null],
  },
  O: {
    alone: ['registered', null],
    withValue: ['registered', null],
    without: ['registered', null],
    afterWithdrawal: ['registered', null],
  },
  N: {
    alone: ['not-asked', null],
    withValue: ['not-asked', null],
    without: ['not-asked', null],
    afterWithdrawal: ['not-asked', null],
  },
  B: {
    alone: ['amended', 0],
    withValue: ['amended', 0],
    without: ['amended', 0],
    afterWithdrawal: ['entered-in-error', null],
  },
  V: {
    alone: ['verified', 0],
    withValue: ['verified', 1],
    without: ['verified', 0],
    afterWithdrawal: ['entered-in-error', null],
  },
  U: {
    alone: ['final', 0],
    withValue: ['final', 0],
    without: ['final', 0],
    afterWithdrawal: ['entered-in-error', null],
  },
}

const ends = (...statements: [string | null, boolean][]): Ends => {
  const { status, valueFrom } = settleObservation(
    statements.map(([code, hasValue]) => ({
      status: readObservationStatus(code, 'HL70085').status,
      hasValue,
    })),
  )
  return [status, valueFrom]
}

test('every code of table 0085 has a row', () => {
  expect(Object.keys(rows).toSorted()).toEqual(codesOf(observationStatuses, 'HL70085').toSorted())
})

test.each(Object.entries(rows))('OBX-11 %s', (code, row) => {
  expect(ends([code, true])).toEqual(row.alone)
  expect(ends(['P', true], [code, true])).toEqual(row.withValue)
  expect(ends(['P', true], [code, false])).toEqual(row.without)
  expect(ends(['F', true], ['D', false], [code, false])).toEqual(row.afterWithdrawal)
})

test('what a resource amends is stated whole: without a value none is shown', () => {
  expect(
    settleObservation([
      { status: 'final', hasValue: true, isWhole: true },
      { status: 'amended', hasValue: false, isWhole: true },
    ]),
  ).toEqual({ status: 'amended', valueFrom: null })
})

test('U makes a preliminary final and leaves a correction a correction', () => {
  expect(ends(['P', true], ['U', false])).toEqual(['final', 0])
  expect(ends(['F', true], ['C', true], ['U', false])).toEqual(['corrected', 1])
  expect(ends(['U', false])).toEqual(['final', null])
})

test.each(['P', 'R', 'S', 'I', 'O'])(
  '%s does not undo a final result or a correction: their clocks may differ',
  (code) => {
    expect(ends(['F', true], [code, true])).toEqual(['final', 0])
    expect(ends(['F', true], ['C', true], [code, true])).toEqual(['corrected', 1])
  },
)

test('a value that was withdrawn comes back only with a value of its own', () => {
  expect(ends(['F', true], ['W', false], ['V', false])).toEqual(['wrong-patient', null])
  expect(ends(['F', true], ['W', false], ['F', true])).toEqual(['final', 2])
})

test.each([null, '', 'Q'])(
  'a code in no table (%s) is unknown, its value is shown as such',
  (code) => {
    expect(ends([code, true])).toEqual(['unknown', 0])
  },
)
