import { expect, test } from 'vitest'
import { countsIn, countsOf, sum } from './test-counts.ts'

const passed = { status: 'passed' }
const failed = { status: 'failed' }

test('counts tests that passed and failed', () => {
  expect(
    countsOf({
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [passed, passed, failed] }],
    }),
  ).toEqual({ passed: 2, failed: 1 })
})

test('a test file that cannot be loaded is a failure although no test ran', () => {
  expect(
    countsOf({
      numPassedTests: 5,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    }),
  ).toEqual({ passed: 5, failed: 1 })
})

test('counts add up, and a missing report adds nothing', () => {
  expect(
    sum([{ passed: 2, failed: 1 }, { passed: 3, failed: 0 }, countsIn('/nowhere/report.json')]),
  ).toEqual({ passed: 5, failed: 1 })
})
