import { expect, test } from 'vitest'
import { patientOf } from './patient.ts'
import { personOf } from './person.ts'
import { adt, storedAfter, subject } from './short-form.fixture.ts'

const pid = (diedAt: string, deceased: string): string =>
  `PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F${'|'.repeat(21)}${diedAt}|${deceased}`
const a08 = (at: string, ...death: [string, string]): string =>
  adt('A08', at, 'PV1|1|I').replace(/PID.*/, pid(...death))
const patient = (more: object) => ({
  resourceType: 'Patient',
  identifier: [subject.identifier],
  name: [{ family: 'Testcase', given: ['Ada'] }],
  birthDate: '1970-01-01',
  ...more,
})

const shownAfter = (...messages: (string | object)[]) => {
  const heads = [...storedAfter(...messages).heads.values()]
  const [head] = heads
  if (head === undefined) throw new Error('no patient')
  const names = new Map<string, string>()
  const { deceased, diedAt, said } = personOf(heads, names)
  expect(said.map((one) => one.diedAt)).toEqual([diedAt])
  expect(patientOf(head, names).deceased).toBe(deceased)
  return [deceased, diedAt]
}

const day = '20261101'
const first = '20261120090000'
const later = '20261121090000'

test.each([
  ['Y with a time', [day, 'Y'], [true, '2026-11-01']],
  ['a time alone', [day, ''], [true, '2026-11-01']],
  ['Y alone', ['', 'Y'], [true, null]],
  ['N alone', ['', 'N'], [false, null]],
  ['nothing', ['', ''], [null, null]],
  ['both emptied', ['""', '""'], [null, null]],
] as const)('PID-29 and PID-30 with %s', (_, [diedAt, deceased], shown) => {
  expect(shownAfter(a08(first, diedAt, deceased))).toEqual(shown)
})

test('who is alive after all has no time of death, whichever way either was said', () => {
  expect(shownAfter(a08(first, day, 'Y'), a08(later, '', 'N'))).toEqual([false, null])
  expect(shownAfter(a08(first, day, ''), a08(later, '', 'N'))).toEqual([false, null])
  expect(
    shownAfter(patient({ deceasedDateTime: '2026-11-01' }), patient({ deceasedBoolean: false })),
  ).toEqual([false, null])
})

test('who was alive and has died is shown so', () => {
  expect(shownAfter(a08(first, '', 'N'), a08(later, day, ''))).toEqual([true, '2026-11-01'])
  expect(
    shownAfter(patient({ deceasedBoolean: false }), patient({ deceasedDateTime: '2026-11' })),
  ).toEqual([true, '2026-11'])
})

const markAfter = (...messages: (string | object)[]) => {
  const heads = [...storedAfter(...messages).heads.values()]
  const [head] = heads
  if (head === undefined) throw new Error('no patient')
  const { deathTime, said } = personOf(heads, new Map())
  expect(said.map((one) => one.deathTime)).toEqual([deathTime])
  expect(patientOf(head, new Map()).deathTime).toBe(deathTime)
  return deathTime
}

test('a death without its time is marked, as is one that lies after the message that says it', () => {
  expect(markAfter(a08(first, '', 'Y'))).toBe('not-sent')
  expect(markAfter(a08(first, '20621101', 'Y'))).toBe('in-future')
  expect(markAfter(a08(first, '20621101', ''))).toBe('in-future')
  expect(markAfter(patient({ deceasedDateTime: '2062-11-01' }))).toBe('in-future')
  expect(markAfter(patient({ deceasedBoolean: true }))).toBe('not-sent')
})

test('any other time of death is not, nor is the lack of one', () => {
  expect(markAfter(a08(first, day, 'Y'))).toBeNull()
  expect(markAfter(a08(first, '20261120', 'Y'))).toBeNull()
  expect(markAfter(a08(first, '', 'N'))).toBeNull()
  expect(markAfter(a08(first, '', ''))).toBeNull()
  expect(markAfter(a08(first, '', 'Y'), a08(later, day, 'Y'))).toBeNull()
})
