import { notShownIn } from '@tideway/record/entries/not-shown'
import type { Report } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { hl7, recordOf, reports } from './generations.fixture.ts'

const oru = (sent: string, collected: string, value: string, status = 'F', more = {}) => {
  const { service = 'CRP', specimen = '', report = status } = more as Record<string, string>
  return hl7(
    'ORU^R01',
    sent,
    `OBR|1||0001|${service}^Test|||${collected}||||||||${specimen}||||||||||${report}`,
    `OBX|1|NM|${service}^Test||${value}|mg/L|0-5||||${status}`,
  )
}
const march = oru('20260301100000', '20260301080000', '212')
const september = oru('20260901100000', '20260901080000', '3')

test('a laboratory number used again months later is another report, in any order of arrival', () => {
  expect(reports(march, september)).toEqual([[['212', 'final', []]], [['3', 'final', []]]])
  expect(recordOf(march, september).map(({ _id }) => _id)).toEqual([
    'RJZ|T100|report|0001^CRP',
    'RJZ|T100|report|0001^CRP @2026-09-01',
  ])
})

test.each([
  ['C', '210', [['210', 'corrected', ['212']]]],
  ['W', '212', [[null, 'wrong-patient', ['212', '212']]]],
  ['D', '', [[null, 'entered-in-error', ['212', null]]]],
  ['X', '', [[null, 'cancelled', ['212', null]]]],
])(
  '%s of the first, told after the second began, is about the first',
  (status, value, expected) => {
    const told = oru('20260905100000', '20260301080000', value, status)
    expect(reports(march, september, told)).toEqual([expected, [['3', 'final', []]]])
  },
)

test('a preliminary and a final result of each go together', () => {
  expect(
    reports(
      oru('20260301090000', '20260301', '200', 'P'),
      march,
      oru('20260901090000', '20260901080000', '2', 'P'),
      september,
    ),
  ).toEqual([[['212', 'final', ['200']]], [['3', 'final', ['2']]]])
})

test('what names no day is about the only report there was, else it stands beside them', () => {
  const registered = oru('20260301070000', '', '', 'O')
  expect(reports(registered, march)).toEqual([[['212', 'final', [null]]]])
  expect(reports(registered, march, september)).toEqual([
    [['212', 'final', [null]]],
    [['3', 'final', []]],
  ])
  const unclear = oru('20260910100000', '', '4', 'C')
  expect(reports(march, september, unclear)).toEqual([
    [['212', 'final', []]],
    [['3', 'final', []]],
    [['4', 'corrected', []]],
  ])
  expect(reports(registered, march, september, unclear)).toHaveLength(3)
})

test('three uses of one number, one corrected, are three reports', () => {
  const third = oru('20270301100000', '20270301080000', '8')
  const corrected = oru('20270302100000', '20260901080000', '5', 'C')
  expect(reports(march, september, third, corrected)).toEqual([
    [['212', 'final', []]],
    [['5', 'corrected', ['3']]],
    [['8', 'final', []]],
  ])
})

test('another service, another specimen and another day of one number are reports of their own', () => {
  expect(
    reports(
      march,
      oru('20260901100000', '20260901080000', '7', 'F', { service: 'NA' }),
      oru('20260902100000', '20260902080000', '9', 'F', { specimen: 'B^Right calf' }),
    ),
  ).toEqual([[['212', 'final', []]], [['7', 'final', []]], [['9', 'final', []]]])
})

test('the day is that of London, whichever offset a sender gives', () => {
  const summer = oru('20260701010000', '20260701003000+0100', '1', 'P')
  const zulu = oru('20260701020000', '20260630233000+0000', '2', 'F')
  expect(reports(summer, zulu)).toEqual([[['2', 'final', ['1']]]])
})

test('a whole report that is withdrawn takes back its own values only', () => {
  const withdrawn = oru('20260905100000', '20260301080000', '', 'X', { report: 'X' })
  const [first, second] = reports(march, september, withdrawn)
  expect([first?.[0]?.[0], second]).toEqual([null, [['3', 'final', []]]])
})

const obr = (collected: string, status: string) =>
  `OBR|1||0001|CRP^Test|||${collected}${'|'.repeat(18)}${status}`

test('a report that is cancelled without values takes back those of its own day only', () => {
  const cancelled = hl7('ORU^R01', '20260905100000', obr('20260301080000', 'X'))
  expect(reports(march, september, cancelled)).toEqual([
    [[null, 'cancelled', ['212']]],
    [['3', 'final', []]],
  ])
})

test('a final report leaves a preliminary result of an earlier use of its number as it is', () => {
  const before = oru('20260301090000', '20260301080000', '200', 'P')
  const after = hl7(
    'ORU^R01',
    '20260901100000',
    obr('20260901080000', 'F'),
    'OBX|1|NM|NA^Sodium||140|mmol/L|||||F',
  )
  const told = recordOf(before, after)
  const settled = told.map((entry) =>
    (entry.data as Report).observations.map(({ status, notCurrent }) => [status, notCurrent]),
  )
  expect(settled).toEqual([[['preliminary', undefined]], [['final', undefined]]])
  expect(told.map((entry) => (entry.data as Report).versions?.length)).toEqual([0, 1])
})

test('what a report without a day withdrew is the same whichever report it turns out to be about', () => {
  const cancelled = hl7('ORU^R01', '20260401100000', obr('', 'X'))
  expect(reports(march, cancelled)).toEqual([[[null, 'cancelled', ['212']]]])
  expect(reports(march, cancelled, september)).toEqual([
    [[null, 'cancelled', ['212']]],
    [['3', 'final', []]],
  ])
})

test('what is not shown of a message stays with the report that the message is about', () => {
  const unread = (events: ReturnType<typeof hl7>, place: string) =>
    events.map((event) => ({ ...event, notShown: { count: 1, places: [place] } }))
  const told = recordOf(unread(march, 'OBX[1]-29'), unread(september, 'OBX[1]-30'))
  expect(
    told.map((entry) => notShownIn(entry).map(({ count, places }) => [count, places])),
  ).toEqual([[[1, ['OBX[1]-29']]], [[1, ['OBX[1]-30']]]])
})
