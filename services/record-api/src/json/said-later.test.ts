import { expect, test } from 'vitest'
import { answersAfter, eventsOf, hl7, receivedAs, recordAfter } from './said-later.fixture.ts'
import type { ReportAnswer } from './report.ts'
import { subject, system } from '@tideway/fhir-ingest/sender.fixture'

const pid = 'PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F'
const obr = (issued: string, status: string) =>
  `OBR|1|P1|F1|K^Potassium|||20260901090000|||||||||||||||${issued}||CH|${status}`
const obx = (value: string, flag: string, status: string, analysed = '') =>
  `OBX|1|NM|K^Potassium||${value}|mmol/L|3.5-5.3|${flag}|||${status}|||20260901090000|||||${analysed}`
const first = hl7(
  'ORU^R01',
  '20260901160500',
  'L1',
  pid,
  obr('20260901160000', 'F'),
  obx('3.9', 'N', 'F', '20260901155000'),
)

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

test('a correction analysed before the value it corrects is shown, with its note and the old value', () => {
  const correction = hl7(
    'ORU^R01',
    '20260901173000',
    'L2',
    pid,
    obr('20260901172500', 'C'),
    obx('6.8', 'HH', 'C', '20260901145000'),
    'NTE|1||Corrected: first value belonged to a control',
  )
  const [potassium, ...others] = observationsOf(first, correction)
  expect(others).toEqual([])
  expect(potassium).toMatchObject({
    status: 'corrected',
    value: '6.8',
    flags: ['HH'],
    notes: ['Corrected: first value belonged to a control'],
    earlier: [{ value: '3.9' }],
  })
  expect(shownOf(correction, first)).toEqual(shownOf(first, correction))
})

test.each([
  ['W', 'wrong-patient'],
  ['D', 'entered-in-error'],
])('a value withdrawn by %s with the time of the first report is nowhere', (code, status) => {
  const withdrawal = hl7(
    'ORU^R01',
    '20260901180000',
    'L2',
    pid,
    obr('20260901160000', 'C'),
    obx('', '', code),
  )
  const record = recordAfter(first, withdrawal)
  expect(shownOf(first, withdrawal)).toEqual([[status, null, []]])
  expect(JSON.stringify(record)).not.toContain('3.9')
})

test('a value cancelled (X) with the time of the first report is not current', () => {
  const cancelled = hl7(
    'ORU^R01',
    '20260901180000',
    'L2',
    pid,
    obr('20260901160000', 'C'),
    obx('', '', 'X'),
  )
  expect(shownOf(first, cancelled)[0]?.slice(0, 2)).toEqual(['cancelled', null])
})

test('an older message that comes late changes nothing, though analysed later', () => {
  const late = hl7(
    'ORU^R01',
    '20260901150000',
    'L0',
    pid,
    obr('20260901235900', 'F'),
    obx('9.9', 'HH', 'F', '20260901235900'),
  )
  expect(shownOf(first, late)[0]?.slice(0, 2)).toEqual(['final', '3.9'])
})

const resource = (status: string, issued: string, value: number, more: object = {}) => ({
  resourceType: 'Observation',
  id: 'o65',
  status,
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
  subject: { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } },
  effectiveDateTime: '2026-09-01T09:00:00+01:00',
  issued,
  valueQuantity: { value, unit: 'mmol/L' },
  ...more,
})

test.each([
  ['neither says when it was made', {}, {}],
  ['with a later time', { meta: { lastUpdated: '2026-09-01T12:00:00Z' } }, later()],
  ['only the first says when', { meta: { lastUpdated: '2026-09-01T12:00:00Z' } }, {}],
])('FHIR: a corrected Observation issued earlier is shown: %s', (_, before, after) => {
  expect(
    shownOf(
      resource('final', '2026-09-01T12:00:00Z', 3.9, before),
      resource('corrected', '2026-09-01T11:00:00Z', 6.9, { ...after, note: [{ text: 'Wrong' }] }),
    ),
  ).toEqual([['corrected', '6.9', ['3.9']]])
})

function later() {
  return { meta: { lastUpdated: '2026-09-01T12:30:00Z' } }
}

test('FHIR: an Observation entered in error, issued as before, is withdrawn', () => {
  const issued = '2026-09-01T12:00:00Z'
  expect(
    shownOf(resource('final', issued, 3.9), resource('entered-in-error', issued, 3.9)),
  ).toEqual([['entered-in-error', null, []]])
})

const allergyResource = (code: string) => ({
  resourceType: 'AllergyIntolerance',
  identifier: [{ system: system('X99', 'report'), value: 'AL1' }],
  patient: subject,
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code }],
  },
  code: { coding: [{ code: 'PEN' }] },
})
const bundleOf = (sent: object, more: object = {}) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:p',
      resource: { resourceType: 'Patient', identifier: [{ system: system('X99'), value: 'A1' }] },
    },
    { fullUrl: 'urn:uuid:a', resource: sent },
  ],
  ...more,
})
const statusOf = (answers: ReturnType<typeof recordAfter>, kind: string) =>
  answers.filter((entry) => entry.kind === kind).map((entry) => entry.status)

test('FHIR: active, resolved, and active again in the same bytes: without a time it is active', () => {
  const [active, resolved] = ['active', 'resolved'].map((code) => bundleOf(allergyResource(code)))
  expect(
    statusOf(recordAfter(active as object, resolved as object, active as object), 'allergy'),
  ).toEqual(['active'])
})

test('FHIR: the same bytes with the same timestamp are a repeat and change nothing', () => {
  const active = bundleOf(allergyResource('active'), { timestamp: '2026-09-01T12:00:00Z' })
  const resolved = bundleOf(allergyResource('resolved'), { timestamp: '2026-09-01T13:00:00Z' })
  expect(statusOf(recordAfter(active, resolved, active), 'allergy')).toEqual(['resolved'])
})

const a60 = (msh7: string, action: string) =>
  hl7('ADT^A60', msh7, '1', 'EVN|A60|20260901', pid, `IAM|1|DA|PEN^Penicillin|MO||${action}|AL1`)

test.each(['', 'invalid'])(
  'HL7: added, deleted, and added again in the same bytes, MSH-7 "%s"',
  (msh7) => {
    const messages = [a60(msh7, 'A'), a60(msh7, 'D'), a60(msh7, 'A')]
    expect(statusOf(recordAfter(...messages), 'allergy')).toEqual(['active'])
    const messageIds = messages.map((one, nth) => eventsOf(one, receivedAs(nth))[0]?.messageId)
    expect(new Set(messageIds).size).toBe(3)
  },
)

test('HL7: a true repeat has the id of the first and changes nothing', () => {
  const [added, deleted] = [a60('20260901120000', 'A'), a60('20260901130000', 'D')]
  const [one, again] = [0, 2].map((nth) => eventsOf(added, receivedAs(nth)))
  expect(again?.map(({ id }) => id)).toEqual(one?.map(({ id }) => id))
  expect(statusOf(recordAfter(added, deleted, added), 'allergy')).toEqual(['deleted'])
})

test('HL7: of messages whose MSH-7 is a mere day, the one received later counts, also among times', () => {
  const day = 20_260_901
  const live = Date.UTC(2026, 8, 1, 15) * 1000
  const said = [a60('20260901153000', 'A'), a60(String(day), 'D'), a60(String(day), 'A')]
  const events = said.map((one, nth) => eventsOf(one, receivedAs(nth + 31, live)))
  const after = (count: number) => statusOf(answersAfter(events.slice(0, count).flat()), 'allergy')
  expect([after(1), after(2), after(3)]).toEqual([['active'], ['deleted'], ['active']])
})

test('HL7: in one message the later of two segments about one thing counts, the tenth after the second', () => {
  const iams = Array.from(
    { length: 12 },
    (_, nth) => `IAM|${nth + 1}|DA|PEN^Penicillin|MO||${nth === 11 ? 'D' : 'A'}|AL1`,
  )
  const message = hl7('ADT^A60', '20260901120000', '1', 'EVN|A60|20260901', pid, ...iams)
  expect(statusOf(recordAfter(message), 'allergy')).toEqual(['deleted'])
})
