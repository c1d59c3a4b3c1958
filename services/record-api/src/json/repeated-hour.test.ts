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
