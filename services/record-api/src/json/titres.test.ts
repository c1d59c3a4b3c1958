import { system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import type { ReportAnswer } from './report.ts'
import { hl7, recordAfter } from './said-later.fixture.ts'

const abnormalAfter = (message: string | object) =>
  recordAfter(message).flatMap((entry) =>
    entry.kind === 'report'
      ? (entry as ReportAnswer).observations.map(({ abnormal = null }) => abnormal)
      : [],
  )
const obx = (type: string, value: string, range: string) =>
  hl7(
    'ORU^R01',
    '20260901160000',
    'L1',
    'PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F',
    'OBR|1|P1|F1|S^Serology|||20260901090000|||||||||||||||20260901160000||CH|F',
    `OBX|1|${type}|S^Titre||${value}||${range}||||F`,
  )
const high = [{ flag: 'H', computed: true }]

test.each([
  ['SN', '^1^:^128', '<1:8'],
  ['ST', '1:128', '<1:8'],
  ['NM', '6', '-5.0 - 5.0'],
  ['NM', '6', '-5.0-+5.0'],
])('%s %s without a flag is above %s', (type, value, range) => {
  expect(abnormalAfter(obx(type, value, range))).toEqual(high)
})

test.each([
  ['SN', '^1^:^4', '<1:8'],
  ['ST', '1:128', '<8'],
  ['NM', '-4', '-5.0-+5.0'],
])('%s %s is not known to be out of %s', (type, value, range) => {
  expect(abnormalAfter(obx(type, value, range))).toEqual([null])
})

test('FHIR: a valueRatio is compared as a titre', () => {
  const resource = {
    resourceType: 'Observation',
    identifier: [{ system: system('X99', 'report'), value: 'O1' }],
    status: 'final',
    code: { text: 'Titre' },
    subject: { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } },
    issued: '2026-09-01T16:00:00Z',
    valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } },
    referenceRange: [{ text: '<1:8' }],
  }
  expect(abnormalAfter(resource)).toEqual(high)
})
