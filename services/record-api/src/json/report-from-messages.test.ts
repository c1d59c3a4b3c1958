import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { entryOf } from './any-entry.ts'
import type { ReportAnswer } from './report.ts'

/** An ORU of OBR-3, OBR-4 and OBX, sent at an hour of one day. */
const oru = (hour: number, ...segments: string[]): string =>
  [
    `MSH|^~\\&|LIS|X99|TW|REG|202609010${hour}0000||ORU^R01|S${hour}|P|2.5.1`,
    'PID|1||2001^^^X99^MR||TESTCASE^ADA||19700101|F',
    'OBR|1|P1|F1|GLU^Glucose|||20260901090000|||||||||||||||||CH|F',
    ...segments,
  ].join('\r')

const eventsOf = (message: string, nth: number): PatientEvent[] => {
  const { events, problem } = given(message)
  expect(problem).toBeNull()
  return events.map((one) => ({ ...one, receivedAt: one.receivedAt + nth * 60_000_000 }))
}

const reportsAfter = (messages: readonly (readonly PatientEvent[])[]): ReportAnswer[] => {
  const entries = new Map<string, Entry>()
  for (const one of messages.flat()) {
    const id = entryIdIn(one)
    const entry = id === null ? null : evolveEntry(entries.get(id) ?? null, one)
    if (entry !== null) entries.set(entry._id, entry)
  }
  return [...entries.values()]
    .filter(({ kind }) => kind === 'report')
    .map((entry) => entryOf(entry, { archive: new Map() }) as ReportAnswer)
}

/** Value, status and earlier values of each observation; the same in reverse order of arrival. */
const shownAfter = (...messages: string[]) => {
  const events = messages.map(eventsOf)
  const shown = (all: typeof events) =>
    reportsAfter(all).flatMap(({ observations }) =>
      observations.map(({ value, status, flags, earlier }) => [
        [value, ...(flags ?? [])].join(' '),
        status,
        (earlier ?? []).map((one) => one.value),
      ]),
    )
  expect(shown(events.toReversed())).toEqual(shown(events))
  return shown(events)
}

const obx = (value: string, { time = '', status = 'F', set = 1, sub = '' } = {}) =>
  `OBX|${set}|NM|GLU^Glucose|${sub}|${value}|mmol/L|||||${status}|||${time}`

test('two ST results of one code are two values, each with its flag and number', () => {
  const [report] = reportsAfter([
    eventsOf(
      oru(
        1,
        'OBX|1|ST|GLU^Glucose||5.1|mmol/L|3.9-6.0|N|||F',
        'OBX|2|ST|GLU^Glucose||21.4|mmol/L|3.9-6.0|HH|||F',
      ),
      0,
    ),
  ])
  expect(report?.observations).toMatchObject([
    { value: '5.1', numeric: { value: 5.1 }, flags: ['N'] },
    { value: '21.4', numeric: { value: 21.4 }, flags: ['HH'] },
  ])
})

test('a text of many ST lines is one text', () => {
  const report = oru(
    1,
    'OBX|1|ST|71020&GDT^Chest||The heart is normal.||||||F',
    'OBX|2|ST|71020&GDT^Chest||No effusion.||||||F',
    'OBX|3|ST|71020&IMP^Chest||Normal.||||||F',
    'OBX|4|ST|71020&IMP^Chest||Repeat in 6 weeks.||||||F',
  )
  expect(shownAfter(report)).toEqual([
    ['The heart is normal.\nNo effusion.', 'final', []],
    ['Normal.\nRepeat in 6 weeks.', 'final', []],
  ])
})

const [nine, ten, eleven] = ['20260901090000', '20260901100000', '20260901110000']

test('serial values of one order, a message each, are observations beside each other', () => {
  expect(
    shownAfter(
      oru(1, obx('5.1', { time: nine })),
      oru(2, obx('9.9', { time: ten })),
      oru(3, obx('12.4', { time: eleven })),
    ),
  ).toEqual([
    ['5.1', 'final', []],
    ['9.9', 'final', []],
    ['12.4', 'final', []],
  ])
})

test('a series that starts with several values in one message goes on in the next', () => {
  expect(
    shownAfter(
      oru(1, obx('5.1', { time: nine }), obx('9.9', { time: ten, set: 2 })),
      oru(2, obx('12.4', { time: eleven })),
    ),
  ).toEqual([
    ['5.1', 'final', []],
    ['9.9', 'final', []],
    ['12.4', 'final', []],
  ])
})

test('a correction or withdrawal of one value of a series meets the value of its time', () => {
  const series = oru(1, obx('5.1', { time: nine }), obx('21.4', { time: eleven, set: 2 }))
  expect(shownAfter(series, oru(2, obx('12.4', { time: eleven, status: 'C' })))).toEqual([
    ['5.1', 'final', []],
    ['12.4', 'corrected', ['21.4']],
  ])
  expect(shownAfter(series, oru(2, obx('21.4', { time: eleven, status: 'W' })))).toEqual([
    ['5.1', 'final', []],
    ['', 'wrong-patient', []],
  ])
})

test('a correction without a time, or with the time to the minute, meets the only result', () => {
  const sent = oru(1, obx('5.1', { time: nine }))
  for (const time of ['', '202609010900', '20260901', '20260901080000+0000'])
    expect(shownAfter(sent, oru(2, obx('6.1', { time, status: 'C' })))).toEqual([
      ['6.1', 'corrected', ['5.1']],
    ])
})

test('a preliminary value without a time is the one that becomes final with a time', () => {
  expect(
    shownAfter(
      oru(1, obx('5.1', { status: 'P' })),
      oru(2, obx('5.2', { time: nine })),
      oru(3, obx('12.4', { time: eleven })),
    ),
  ).toEqual([
    ['5.2', 'final', ['5.1']],
    ['12.4', 'final', []],
  ])
})

test('a correction without a time that could be about two values stands beside them', () => {
  expect(
    shownAfter(
      oru(1, obx('5.1', { time: nine }), obx('21.4', { time: eleven, set: 2 })),
      oru(2, obx('12.4', { status: 'C' })),
    ),
  ).toEqual([
    ['5.1', 'final', []],
    ['21.4', 'final', []],
    ['12.4', 'corrected', []],
  ])
})

test('a correction that leaves out the first of two equal codes never replaces the first', () => {
  const both = oru(1, obx('5.1'), obx('21.4', { set: 2 }))
  expect(shownAfter(both, oru(2, obx('12.4', { status: 'C' })))).toEqual([
    ['5.1', 'final', []],
    ['21.4', 'final', []],
    ['12.4', 'corrected', []],
  ])
  expect(shownAfter(both, oru(2, obx('21.4', { status: 'D' })))).toEqual([
    ['5.1', 'final', []],
    ['', 'entered-in-error', []],
  ])
})

test('a report sent again with both, one of them corrected, replaces each', () => {
  const both = oru(1, obx('5.1'), obx('21.4', { set: 2 }))
  const corrected = oru(2, obx('12.4', { status: 'C' }), obx('5.1', { set: 2 }))
  expect(shownAfter(both, corrected)).toEqual([
    ['5.1', 'final', []],
    ['12.4', 'corrected', ['21.4']],
  ])
})

test('a value with another sub-identifier is another observation, whatever its time', () => {
  expect(
    shownAfter(oru(1, obx('5.1', { sub: 'a' })), oru(2, obx('6.1', { sub: 'b', status: 'C' }))),
  ).toEqual([
    ['5.1', 'final', []],
    ['6.1', 'corrected', []],
  ])
})
