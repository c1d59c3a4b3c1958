import { existsSync, readFileSync } from 'node:fs'

export type TestCounts = { passed: number; failed: number }

/** The counted part of vitest's JSON report. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** Passed and failed tests; a file that failed before its first test counts as one failure. */
export const countsOf = ({ numPassedTests, numFailedTests, testResults }: Report): TestCounts => {
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/**
 * Counts of a report on disk. A missing report counts nothing: a workspace without tests writes
 * none, and a crash shows in the exit code.
 */
export const countsIn = (file: string): TestCounts =>
  existsSync(file)
    ? countsOf(JSON.parse(readFileSync(file, 'utf8')) as Report)
    : { passed: 0, failed: 0 }

export const sum = (all: readonly TestCounts[]): TestCounts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
})
