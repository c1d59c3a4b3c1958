import type { ObservationReported, ObservationStatus } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { versionOf } from '@tideway/record/entries/version'
import { expect, test } from 'vitest'
import { observationOf } from './observation.ts'
import { readObservationStatus } from '@tideway/record/status/observation-status'

const nothing = unsaid.Coded()
const minutes = (n: number) => Date.UTC(2026, 10, 22, 9, n)

const said = (
  n: number,
  value: string | null,
  code: string,
  more: Partial<ObservationReported> = {},
): ObservationReported => ({
  ...unsaid.Observation(),
  valueType: 'NM',
  value,
  unit: { ...nothing, code: 'mmol/L' },
  range: '3.5-5.3',
  flags: ['H'],
  ...readObservationStatus(code, 'HL70085'),
  observedAt: '2026-11-22T08:40:00+00:00',
  message: `m${n}`,
  place: 'OBX[1]',
  source: 'RJZ',
  version: versionOf(minutes(n), minutes(n) * 1000),
  ...more,
})

const given = (
  status: ObservationStatus,
  valueFrom: number | null,
  ...reported: ObservationReported[]
) =>
  observationOf({
    key: 'K||1',
    code: { ...nothing, code: 'K' },
    subId: null,
    status,
    valueFrom,
    reported,
  })

test('a final value with its unit, range, flags and times', () => {
  expect(given('final', 0, said(1, '6.10', 'F'))).toMatchObject({
    value: '6.10',
    unit: { code: 'mmol/L' },
    range: '3.5-5.3',
    flags: ['H'],
    statusAsSent: 'F',
    status: 'final',
    receivedAt: '2026-11-22T09:01:00.000Z',
    message: 'm1',
    segment: 'OBX[1]',
    absentReason: null,
    withdrawnAt: null,
    earlier: [],
  })
})

test('a correction shows the earlier value with its time and status', () => {
  const { value, earlier } = given(
    'corrected',
    2,
    said(1, '4.6', 'P'),
    said(2, '4.6', 'F'),
    said(3, '6.4', 'C'),
  )
  expect(value).toBe('6.4')
  expect(earlier.map((each) => [each.value, each.statusAsSent, each.receivedAt])).toEqual([
    ['4.6', 'F', '2026-11-22T09:02:00.000Z'],
    ['4.6', 'P', '2026-11-22T09:01:00.000Z'],
  ])
})

test('a repeated result is not an earlier value', () => {
  expect(given('final', 1, said(1, '4.6', 'F'), said(2, '4.6', 'F')).earlier).toEqual([])
})

test.each([
  ['wrong-patient', 'W'],
  ['entered-in-error', 'D'],
] as const)(
  '%s is shown as withdrawn, without value, unit, note or earlier value',
  (status, code) => {
    const shown = given(
      status,
      null,
      said(1, '6.4', 'F'),
      said(2, '6.4', code, { notes: ['belongs to somebody else'] }),
    )
    expect(shown).toMatchObject({
      status,
      value: null,
      unit: null,
      range: null,
      flags: [],
      notes: [],
      absentReason: 'withdrawn',
      withdrawnAt: '2026-11-22T09:02:00.000Z',
      earlier: [],
    })
    expect(JSON.stringify(shown)).not.toContain('6.4')
  },
)

test('a withdrawn result shows nothing even if the stored entry points at its value', () => {
  expect(given('wrong-patient', 0, said(1, '6.4', 'F'), said(2, null, 'W')).value).toBeNull()
})

test('a new result does not restore values withdrawn before it', () => {
  const shown = given('final', 2, said(1, '6.4', 'F'), said(2, '6.4', 'W'), said(3, '4.1', 'F'))
  expect(shown.value).toBe('4.1')
  expect(shown.earlier).toEqual([])
})

test('a cancelled observation has its reason and keeps the earlier value', () => {
  const shown = given(
    'cancelled',
    null,
    said(1, '6.4', 'P'),
    said(2, 'Haemolysed', 'X', { notes: ['please repeat'] }),
  )
  expect(shown).toMatchObject({
    value: null,
    absentReason: 'not-performed',
    reason: 'Haemolysed\nplease repeat',
    earlier: [{ value: '6.4', statusAsSent: 'P' }],
  })
})

test('an observation without a value is pending or not asked', () => {
  expect(given('registered', null, said(1, null, 'I')).absentReason).toBe('temp-unknown')
  expect(given('not-asked', null, said(1, null, 'N')).absentReason).toBe('not-asked')
})

test('a preliminary value made final without a value is shown with the newest status', () => {
  expect(given('final', 0, said(1, '4.6', 'P'), said(2, null, 'U'))).toMatchObject({
    value: '4.6',
    status: 'final',
    statusAsSent: 'U',
    message: 'm1',
    earlier: [],
  })
})
