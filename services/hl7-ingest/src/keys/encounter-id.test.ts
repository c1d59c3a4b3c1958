import { decisiveTime } from '../datatypes/time-field.ts'
import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import type { Context } from '../normalise/mapping.ts'
import { type Hl7Message, parse, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readEncounterId, readEncounterNumber, readReferencedNumber } from './encounter-id.ts'

const source = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const context = (): Context => ({
  source,
  messageId: 'm1',
  production: false,
  fixes: [],
  times: new Map(),
})
const line = (name: string, fields: Record<number, string>) =>
  [name, ...Array.from({ length: 50 }, (_, index) => fields[index + 1] ?? '')].join('|')
type Fields = Record<number, string>
const pv1Of = (pv1: Fields, pid: Fields): Segment =>
  segmentOf(
    parse(
      ['MSH|^~\\&', line('PID', { 3: '1002003^^^X99^MR~77', ...pid }), line('PV1', pv1)].join('\r'),
      'utf-8',
    ) as Hl7Message,
    'PV1',
  ) as Segment
const idOf = (pv1: Fields, pid: Fields = {}, patient = 'X99|1002003') =>
  readEncounterId(pv1Of(pv1, pid), patient, context())
const began = { 2: 'I', 44: '202607010915' }

test('a visit is identified by its number, else the alternate id, else the account, else the admission time', () => {
  expect(idOf({ ...began, 19: 'V1', 50: 'A1' }, { 18: 'S1' })).toBe('V1')
  expect(idOf({ ...began, 50: 'A1' }, { 18: 'S1' })).toBe('PV1-50 A1')
  expect(idOf(began, { 18: 'S1' })).toBe('PID-18 S1')
  expect(idOf(began)).toBe('PV1-44 2026-07-01T08:15:00.000Z INPATIENT')
})

test('the same text in different fields is different visits, even if a visit number looks like the id of another field', () => {
  const ids = [
    idOf({ 19: 'X1' }),
    idOf({ 50: 'X1' }),
    idOf({ 2: 'I' }, { 18: 'X1' }),
    idOf({ 19: 'PV1-50 X1' }),
    idOf({ 19: 'PID-18 X1' }),
    idOf({ 19: '#PID-18 X1' }),
  ]
  expect(new Set(ids)).toHaveLength(6)
  expect(ids).not.toContain(null)
})

test('equal instants are equal however written; another class or a minute later is another visit', () => {
  const first = idOf(began)
  expect(idOf({ 2: 'I', 44: '20260701081500+0000' })).toBe(first)
  expect([
    idOf({ 2: 'E', 44: '202607010915' }),
    idOf({ 2: 'I', 44: '202607010916' }),
  ]).not.toContain(first)
})

test.each<[string, Fields, Fields]>([
  ['the day alone, as there may be two visits a day', { 2: 'O', 44: '20260701' }, {}],
  ['midnight, which may stand for the day', { 2: 'O', 44: '20260701000000' }, {}],
  ['no class', { 44: '202607010915' }, {}],
  ['an account without a class', {}, { 18: 'S1' }],
  ['an account with an unmapped class', { 2: 'SERIES' }, { 18: 'S1' }],
  ['an account of an outpatient, which may cover many visits', { 2: 'O' }, { 18: 'S1' }],
  ['an account of a recurring patient', { 2: 'R' }, { 18: 'S1' }],
  ['an account that is the number of the patient', { 2: 'I' }, { 18: '1002003^^^X99^MR' }],
  ['an account that is another number of the patient', { 2: 'I' }, { 18: '77^^^^AN' }],
  ['an NHS number', { 2: 'I', 50: '9991001018^^^NHS^NH' }, {}],
])('a visit is not identified by %s', (_, pv1, pid) => expect(idOf(pv1, pid)).toBeNull())

test('a number of another organisation is not one of the patient, and no other replaces it', () => {
  const context_ = {
    ...context(),
    source: { ...source, hl7: { ...source.hl7, authorities: { X99: 'X99', RX8: 'X98' } } },
  }
  const pv1 = pv1Of({ ...began, 19: 'V1^^^RX8', 50: 'A1' }, { 18: 'S1' })
  expect(readEncounterId(pv1, 'X99|1002003', context_)).toBeNull()
  expect(unusedFields(pv1.message)).toEqual(
    expect.arrayContaining(['PV1-19', 'PV1-2', 'PV1-44', 'PV1-50']),
  )
  expect(readEncounterId(pv1Of({ 50: 'A1' }, { 18: 'S1' }), 'X98|5', context_)).toBeNull()
})

test('an id of an authority not listed for the source identifies no visit; the same id of two authorities identifies two', () => {
  const speaking = (authorities: Record<string, string>) => ({
    ...context(),
    source: { ...source, hl7: { ...source.hl7, authorities } },
  })
  const idFor = (authorities: Record<string, string>, pv1: Fields, pid: Fields = {}) =>
    readEncounterId(pv1Of(pv1, pid), 'X99|1002003', speaking(authorities))
  expect(idFor({ X99: 'X99' }, { 2: 'I' }, { 18: 'L9^^^LABX' })).toBeNull()
  expect(idFor({ X99: 'X99' }, { 50: '4711^^^ED' })).toBeNull()
  const everyone = { '*': 'X99' }
  expect([idFor(everyone, { 50: '4711^^^ED' }), idFor(everyone, { 50: '4711^^^OPD' })]).toEqual([
    'PV1-50 4711^ED',
    'PV1-50 4711^OPD',
  ])
})

test('messages that send the account like the organisation itself are about the same stay', () => {
  const laboratory = {
    ...context(),
    source: { ...source, ods: 'XL1', hl7: { ...source.hl7, authorities: { X99: 'X99' } } },
  }
  const pv1 = pv1Of({ 2: 'I' }, { 18: 'S1^^^X99^AN' })
  expect([
    readEncounterNumber(pv1, 'X99|1002003', laboratory),
    readEncounterNumber(pv1, 'X99|1002003', context()),
  ]).toEqual(['PID-18 S1', 'PID-18 S1'])
})

test('fields that were read but identify no visit are listed', () => {
  const pv1 = pv1Of({ 2: 'R' }, { 18: 'S1' })
  expect(readEncounterNumber(pv1, 'X99|1002003', context())).toBeNull()
  expect(unusedFields(pv1.message)).toContain('PID-18')
})

test('a laboratory result is never linked to a visit by admission time', () => {
  expect(readEncounterNumber(pv1Of(began, {}), 'X99|1002003', context())).toBeNull()
  expect(readEncounterNumber(pv1Of(began, { 18: 'S1' }), 'X99|1002003', context())).toBe(
    'PID-18 S1',
  )
})

test('an unreadable admission time identifies no visit, and the message is used in part', () => {
  const pv1 = pv1Of({ 2: 'I', 44: 'soon' }, {})
  expect(readEncounterId(pv1, 'X99|1002003', context(), decisiveTime)).toBeNull()
  expect([...pv1.message.leftOut]).toEqual(['PV1-44'])
  expect(idOf({ 2: 'I', 44: 'soon' })).toBeNull()
})

test.each<[string, Fields, Fields, string, string[]]>([
  ['the visit number', { 19: 'V1^1^M10^X99^VN' }, {}, 'V1', ['PV1-19.4', 'PV1-19.5']],
  [
    'the alternate id',
    { 50: 'A1^1^M10^X99&1.2&ISO^VN^W1^20260101~A2' },
    {},
    'PV1-50 A1',
    ['PV1-50~', 'PV1-50.4', 'PV1-50.5', 'PV1-50.6', 'PV1-50.7'],
  ],
  [
    'the alternate id with an authority',
    { 50: 'A1^^^ED&1.2&ISO^VN' },
    {},
    'PV1-50 A1^ED',
    ['PV1-50.4.2', 'PV1-50.4.3', 'PV1-50.5'],
  ],
  [
    'the account, from PID-18',
    { 2: 'I', 50: '9991001018^^^NHS^NH' },
    { 18: 'S1^^^X99^AN' },
    'PID-18 S1',
    ['PV1-2', 'PV1-50'],
  ],
])(
  'if nothing else of the visit is reported, everything beside %s is listed',
  (_, fields, pid, id, unused) => {
    const everyone = {
      ...context(),
      source: { ...source, hl7: { ...source.hl7, authorities: { '*': 'X99' } } },
    }
    const pv1 = pv1Of(fields, pid)
    expect(readReferencedNumber(pv1, 'X99|1002003', everyone)).toBe(id)
    expect(
      unusedFields(pv1.message)
        .filter((place) => place.startsWith('PV1'))
        .toSorted(),
    ).toEqual(unused.toSorted())
  },
)
