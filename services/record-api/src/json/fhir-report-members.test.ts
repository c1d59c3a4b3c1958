import { bundle, observation, patient, system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import type { ReportAnswer } from './report.ts'
import { recordAfter } from './said-later.fixture.ts'

type Member = { code?: string; value: string; at?: string; more?: object }

const whose = { fullUrl: 'urn:uuid:p', resource: patient() }
const report = (result: object[], more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  identifier: [{ system: system('X99', 'report'), value: 'L1' }],
  code: { coding: [{ code: 'U&E' }] },
  subject: { reference: 'urn:uuid:p' },
  result,
  ...more,
})
const at = (minute: number) => ({
  timestamp: new Date(Date.UTC(2026, 8, 1, 9, minute)).toISOString(),
})
const resourceOf = ({ code = 'K', value, at: effectiveDateTime, more }: Member) =>
  observation(code, { valueString: value }, { effectiveDateTime, ...more })

/** A version of a report whose members are contained: nothing names them. */
const contained = (minute: number, ...members: Member[]) => ({
  ...bundle('collection', whose, {
    resource: report(
      members.map((_, index) => ({ reference: `#m${index}` })),
      {
        contained: members.map((one, index) => ({
          ...resourceOf(one),
          id: `m${index}`,
          subject: undefined,
        })),
      },
    ),
  }),
  ...at(minute),
})

/** A version of a report whose members are entries of the Bundle. */
const beside = (minute: number, ...members: (Member & { fullUrl: string })[]) => ({
  ...bundle(
    'collection',
    whose,
    { resource: report(members.map(({ fullUrl }) => ({ reference: fullUrl }))) },
    ...members.map((one) => ({ fullUrl: one.fullUrl, resource: resourceOf(one) })),
  ),
  ...at(minute),
})

/** Value, status and earlier values of each observation of the report; the same in any order. */
const shownAfter = (...messages: object[]) =>
  recordAfter(...messages)
    .filter((entry) => entry.kind === 'report')
    .flatMap((entry) => (entry as ReportAnswer).observations)
    .map(({ value, status, earlier }) => [value, status, earlier.map((one) => one.value)])

const [nine, ten] = ['2026-09-01T09:00:00Z', '2026-09-01T10:00:00Z']
const corrected = { more: { status: 'corrected' } }

test('equal codes without identifiers stay apart, and a correction that leaves the first out does not overwrite it', () => {
  const both = contained(0, { value: '5.1' }, { value: '21.4' })
  expect(shownAfter(both)).toEqual([
    ['5.1', 'final', []],
    ['21.4', 'final', []],
  ])
  expect(shownAfter(both, contained(1, { value: '12.4', ...corrected }))).toEqual([
    ['5.1', 'final', []],
    ['21.4', 'final', []],
    ['12.4', 'corrected', []],
  ])
})

test('the one left over is the one that was corrected, in whatever order they are listed', () => {
  const both = contained(0, { value: '5.1' }, { value: '21.4' })
  for (const members of [
    [{ value: '5.1' }, { value: '12.4', ...corrected }],
    [{ value: '12.4', ...corrected }, { value: '5.1' }],
  ])
    expect(shownAfter(both, contained(1, ...members))).toEqual([
      ['5.1', 'final', []],
      ['12.4', 'corrected', ['21.4']],
    ])
})

test('two that changed at once are matched to neither', () => {
  const both = contained(0, { value: '5.1' }, { value: '21.4' })
  const other = contained(1, { value: '6.0', ...corrected }, { value: '12.4', ...corrected })
  expect(shownAfter(both, other)).toHaveLength(4)
})

test('members without identifiers are matched by their time', () => {
  const series = contained(0, { value: '5.1', at: nine }, { value: '21.4', at: ten })
  expect(shownAfter(series, contained(1, { value: '12.4', at: ten, ...corrected }))).toEqual([
    ['5.1', 'final', []],
    ['12.4', 'corrected', ['21.4']],
  ])
})

test.each([
  ['body site', { bodySite: { text: 'left arm' } }, { bodySite: { text: 'right arm' } }],
  ['method', { method: { coding: [{ code: 'a' }] } }, { method: { coding: [{ code: 'b' }] } }],
  ['device', { device: { display: 'A' } }, { device: { display: 'B' } }],
])('a member with another %s is another', (_, one, other) => {
  const first = contained(0, { value: '5.1', more: one })
  expect(shownAfter(first, contained(1, { value: '6.0', more: other }))).toEqual([
    ['5.1', 'final', []],
    ['6.0', 'final', []],
  ])
  expect(shownAfter(first, contained(1, { value: '6.0', more: one }))).toEqual([
    ['6.0', 'final', ['5.1']],
  ])
})

const numbered = (value: string) => ({
  identifier: [{ system: system('X99', 'report'), value }],
})

test('a member is matched by its identifier, though its place, time and value changed', () => {
  const first = contained(
    0,
    { value: '5.1', at: nine, more: numbered('O1') },
    { value: '21.4', at: nine, more: numbered('O2') },
  )
  const second = contained(
    1,
    { value: '12.4', at: ten, more: { ...numbered('O2'), status: 'corrected' } },
    { value: '5.1', at: nine, more: numbered('O1') },
  )
  expect(shownAfter(first, second)).toEqual([
    ['5.1', 'final', []],
    ['12.4', 'corrected', ['21.4']],
  ])
  const retracted = { ...numbered('O2'), status: 'entered-in-error' }
  expect(shownAfter(first, contained(1, { value: '21.4', at: nine, more: retracted }))).toEqual([
    ['5.1', 'final', []],
    [null, 'entered-in-error', []],
  ])
})

test('a member with another identifier is another, though code, time and value agree', () => {
  const first = contained(0, { value: '5.1', at: nine, more: numbered('O1') })
  const second = contained(1, { value: '5.1', at: nine, more: numbered('O2') })
  expect(shownAfter(first, second)).toHaveLength(2)
})

test('a member is matched by its id, and by code and time where a UUID was made for one message', () => {
  const [one, two] = [
    'https://x99.example/fhir/Observation/a',
    'https://x99.example/fhir/Observation/b',
  ]
  const named = (id: string, value: string, fullUrl: string, more: object = {}) => ({
    fullUrl,
    value,
    at: nine,
    more: { id, ...more },
  })
  const both = beside(0, named('a', '5.1', one), named('b', '21.4', two))
  const later = beside(1, named('b', '12.4', two, { status: 'corrected' }))
  expect(shownAfter(both, later)).toEqual([
    ['5.1', 'final', []],
    ['12.4', 'corrected', ['21.4']],
  ])
  const uuid = (digit: string) => `urn:uuid:${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`
  expect(
    shownAfter(
      beside(
        0,
        { fullUrl: uuid('1'), value: '5.1', at: nine },
        { fullUrl: uuid('2'), value: '9.9', at: ten },
      ),
      beside(
        1,
        { fullUrl: uuid('3'), value: '9.9', at: ten },
        { fullUrl: uuid('4'), value: '6.0', at: nine, ...corrected },
      ),
    ),
  ).toEqual([
    ['6.0', 'corrected', ['5.1']],
    ['9.9', 'final', []],
  ])
})
