import { expect, test } from 'vitest'
import type { ReportAnswer } from './report.ts'
import { hl7, recordAfter } from './said-later.fixture.ts'

const pid = 'PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F'
const obr = (issued: string, status: string) =>
  `OBR|1|P1|F1|K^Potassium|||20260901090000|||||||||||||||${issued}||CH|${status}`
const obx = (value: string, flag: string, status: string, analysed = '') =>
  `OBX|1|NM|K^Potassium||${value}|mmol/L|3.5-5.3|${flag}|||${status}|||20260901090000|||||${analysed}`
const observationsOf = (...messages: (string | object)[]) =>
  recordAfter(...messages).flatMap((entry) =>
    entry.kind === 'report' ? (entry as ReportAnswer).observations : [],
  )
const shownOf = (...messages: (string | object)[]) =>
  observationsOf(...messages).map(({ status, value, earlier }) => [
    status,
    value,
    earlier.map((one) => one.value),
  ])

const move = (type: string, at: string, location: string, controlId: string, msh7 = at) =>
  hl7(
    `ADT^${type}`,
    msh7,
    controlId,
    `EVN|${type}|${at}||||${at}`,
    pid,
    `PV1|1|I|${location}||||||||||||||||V1|||||||||||||||||||||||||20251025220000`,
  )
const placesOf = (...messages: string[]) =>
  recordAfter(...messages).flatMap((entry) =>
    entry.kind === 'encounter' && 'location' in entry
      ? [(entry as { location: { pointOfCare: string } | null }).location?.pointOfCare ?? null]
      : [],
  )
const [admitted, toWard, toIcu] = [
  move('A01', '20251025220000', 'ED^1^1', 'H1'),
  move('A02', '20251026015000', 'W7^2^4', 'H2'),
  move('A02', '20251026011000', 'ICU^1^2', 'H3'),
] as const

test('in the hour that comes twice, receive order tells which transfer is the later', () => {
  expect(placesOf(admitted, toWard, toIcu)).toEqual(['ICU'])
  expect(placesOf(admitted, toIcu, toWard)).toEqual(['W7'])
})

test('a move before or after the hour that comes twice has its place whenever it is received', () => {
  const before = move('A02', '20251026005900', 'W1', 'H4')
  const after = move('A02', '20251026020100', 'W9', 'H5')
  expect(placesOf(admitted, toWard, toIcu, before)).toEqual(['ICU'])
  expect(placesOf(after, admitted, toWard, toIcu)).toEqual(['W9'])
})

test('a transfer taken back in the second of the two hours is taken back', () => {
  expect(placesOf(admitted, toWard, move('A12', '20251026011000', 'ED^1^1', 'H6'))).toEqual(['ED'])
})

test('a result corrected in the second of the two hours is corrected', () => {
  const sent = (msh7: string, status: string, value: string) =>
    hl7('ORU^R01', msh7, msh7, pid, obr('', status), obx(value, '', status))
  expect(shownOf(sent('20251026015500', 'F', '3.9'), sent('20251026010500', 'C', '6.8'))).toEqual([
    ['corrected', '6.8', ['3.9']],
  ])
})

test('with offsets MSH-7 tells which of the two hours it is, whatever comes first', () => {
  const sent = (msh7: string, status: string, value: string) =>
    hl7('ORU^R01', msh7, msh7, pid, obr('', status), obx(value, '', status))
  const [before, after] = [
    sent('20251026015500+0100', 'F', '3.9'),
    sent('20251026010500+0000', 'C', '6.8'),
  ]
  for (const order of [
    [before, after],
    [after, before],
  ])
    expect(shownOf(...(order as string[]))).toEqual([['corrected', '6.8', ['3.9']]])
})

const encounterAfter = (...messages: string[]) =>
  recordAfter(...messages).find(({ kind }) => kind === 'encounter')

test('times are shown in the hour that the order of the messages tells', () => {
  expect(encounterAfter(admitted, toWard, toIcu)).toMatchObject({
    locationSince: '2025-10-26T01:10:00+00:00',
    stays: [
      { from: '2025-10-25T22:00:00+01:00' },
      { from: '2025-10-26T01:50:00+01:00' },
      { from: '2025-10-26T01:10:00+00:00' },
    ],
    movements: [{}, { at: '2025-10-26T01:50:00+01:00' }, { at: '2025-10-26T01:10:00+00:00' }],
  })
})

test('a discharge, a leave and a cancellation in the second of the two hours are shown in it', () => {
  const step = (trigger: string) => move(trigger, '20251026011500', 'W7^2^4', `S${trigger}`)
  expect(encounterAfter(admitted, toWard, step('A03'))).toMatchObject({
    status: 'closed',
    dischargedAt: '2025-10-26T01:15:00+00:00',
  })
  expect(encounterAfter(admitted, toWard, step('A21'))).toMatchObject({
    onLeave: { since: '2025-10-26T01:15:00+00:00' },
  })
  expect(
    encounterAfter(admitted, toWard, move('A12', '20251026011000', 'ED^1^1', 'H6')),
  ).toMatchObject({ stays: [{ cancelled: false }, { cancelled: true }] })
})

test('a re-admission in the second hour after a discharge in the first opens the visit', () => {
  expect(
    encounterAfter(
      admitted,
      move('A03', '20251026015000', 'W7^2^4', 'R1'),
      move('A01', '20251026011000', 'W8^1^1', 'R2'),
    ),
  ).toMatchObject({ status: 'open', admittedAt: '2025-10-26T01:10:00+00:00' })
})

const series = (at: string, value: string) =>
  hl7(
    'ORU^R01',
    at,
    `${at}${value}`,
    pid,
    obr('', 'F'),
    `OBX|1|NM|K^Potassium||${value}|mmol/L||||||F|||${at}`.replace('||||||F', '|||||F'),
  )

test('values of a series are shown in the hour that their order tells', () => {
  const shown = observationsOf(
    series('20251026015000', '4.1'),
    series('20251026011000', '4.9'),
    series('20251026020500', '5.2'),
  ).map(({ value, observedAt }) => [value, observedAt])
  expect(shown).toEqual([
    ['4.1', '2025-10-26T01:50:00+01:00'],
    ['4.9', '2025-10-26T01:10:00+00:00'],
    ['5.2', '2025-10-26T02:05:00+00:00'],
  ])
})

test('times with an offset, and those of another code, stay as they are', () => {
  const shown = observationsOf(
    series('20251026015000', '4.1'),
    series('20251026011000', '140').replace('K^Potassium||140', 'NA^Sodium||140'),
    series('20251026011500+0100', '4.9'),
  ).map(({ value, observedAt }) => [value, observedAt])
  expect(shown).toContainEqual(['140', '2025-10-26T01:10:00+01:00'])
})
