import { expect, test } from 'vitest'
import {
  earlierValues,
  reportRetraction,
  showsStatementField,
  shownValue,
} from './shown-after-withdrawal.ts'
import { showsReportField } from './shown-header.ts'
import { statement, stored, storedReport } from './withdrawal.fixture.ts'

const first = statement('F', '6.8', 1)
const corrected = statement('C', '5.1', 3)
const wrongPatient = stored('wrong-patient', [first, statement('W', null, 3)], null)

test('the value shown is the one that stands, and the values before it are shown beside it', () => {
  const observation = stored('corrected', [first, statement('F', '6.8', 2), corrected])
  expect(shownValue(observation)).toBe(corrected)
  expect(earlierValues(observation).map(({ message }) => message)).toEqual(['m2'])
})

test('a withdrawn observation shows neither its value nor any before it', () => {
  expect(shownValue(wrongPatient)).toBeNull()
  expect(earlierValues(wrongPatient)).toEqual([])
})

test('no value from before a retraction is shown, even if the observation is reported again', () => {
  const again = stored('final', [
    first,
    statement('D', null, 2),
    statement('P', '4.9', 3),
    corrected,
  ])
  expect(earlierValues(again).map(({ value }) => value)).toEqual(['4.9'])
})

test.each([
  ['entered-in-error', [], false],
  ['final', [wrongPatient], false],
  ['final', [], true],
  ['cancelled', [], true],
] as const)('a %s report shows free text: %s', (status, observations, expected) => {
  const report = storedReport(status, [...observations])
  expect(showsReportField(report, 'notes')).toBe(expected)
  expect(showsReportField(report, 'service')).toBe(true)
})

test('the retraction of a report is the statement that gave its status', () => {
  expect(reportRetraction(storedReport('entered-in-error', []))?.message).toBe('m1')
  expect(reportRetraction(storedReport('final', []))).toBeNull()
})

test('a withdrawn resource hides its free text; a coded fact stays readable with its status', () => {
  const withdrawn = (kind: 'resource' | 'allergy') =>
    ({ kind, status: 'entered-in-error' }) as const
  expect(
    ['json', 'title', 'resourceType'].map((name) =>
      showsStatementField(withdrawn('resource'), name),
    ),
  ).toEqual([false, false, true])
  expect(showsStatementField(withdrawn('allergy'), 'code')).toBe(true)
  expect(showsStatementField({ kind: 'resource', status: 'unknown' }, 'json')).toBe(true)
})
