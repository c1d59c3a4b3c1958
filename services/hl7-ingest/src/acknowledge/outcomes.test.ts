import { expect, test } from 'vitest'
import { errorCodes } from '../errors.ts'
import { errorConditions } from '@tideway/hl7v2/acknowledgement/error-conditions'
import type { Header } from '@tideway/hl7v2/lexer/header'
import { x99 } from '../normalise/normalise.fixture.ts'
import { outcomes, refusalOf } from './outcomes.ts'

test.each(errorCodes)('%s has a condition of table 0357', (code) => {
  expect(errorConditions[outcomes[code].condition]).toBeDefined()
})

/** Its events are in the record: nothing is parked, and the message is marked as partly used. */
const usedInPart: ReadonlySet<string> = new Set(['VISIT_NOT_IDENTIFIED', 'USED_IN_PART'])

test('custody: AA failures are kept, and parked unless partly used; AE and AR failures are not parked', () => {
  for (const code of errorCodes) {
    const { custody, keep, park } = outcomes[code]
    if (custody === 'AA') expect([code, keep, park]).toEqual([code, true, !usedInPart.has(code)])
    if (custody === 'AE') expect([code, keep, park]).toEqual([code, false, false])
    if (custody === 'AR') expect([code, park]).toEqual([code, false])
  }
})

test('a strict source gets AE for content errors, and never AR for a message that others may send', () => {
  for (const code of errorCodes) {
    const { custody, strict } = outcomes[code]
    expect(strict === custody || (custody === 'AA' && strict === 'AE')).toBe(true)
  }
})

test.each([
  [null, null],
  ['P', null],
  ['p', null],
  ['X', null],
  ['PROD', null],
  ['constructor', null],
  ['T', 'TEST_MESSAGE'],
  ['t', 'TEST_MESSAGE'],
  ['Test', 'TEST_MESSAGE'],
  ['TRAINING', 'TEST_MESSAGE'],
  ['d', 'TEST_MESSAGE'],
  ['Debug', 'TEST_MESSAGE'],
])('processing id %s (MSH-11): %s', (processingId, refusal) => {
  const header = { controlId: '1', processingId } as Header
  expect(refusalOf(header, x99)).toBe(refusal)
  const testing = { ...x99, hl7: { ...x99.hl7, processingIds: ['P', 'T', 'D'] } }
  expect(refusalOf(header, testing)).toBeNull()
})
