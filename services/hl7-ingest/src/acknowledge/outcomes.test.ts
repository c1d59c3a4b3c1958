import { expect, test } from 'vitest'
import { errorCodes } from '../errors.ts'
import { errorConditions } from '@tideway/hl7v2/acknowledgement/error-conditions'
import { outcomes } from './outcomes.ts'

test.each(errorCodes)('%s has a condition of table 0357', (code) => {
  expect(errorConditions[outcomes[code].condition]).toBeDefined()
})

/** Its events are in the record: nothing waits, and the record says that it is not all. */
const usedInPart = 'VISIT_NOT_IDENTIFIED'

test('custody: what is kept and answered AA waits for someone unless it was used in part; what is answered AE for want of custody is not kept', () => {
  for (const code of errorCodes) {
    const { custody, keep, park } = outcomes[code]
    if (custody === 'AA') expect([code, keep, park]).toEqual([code, true, code !== usedInPart])
    if (custody === 'AE') expect([code, keep, park]).toEqual([code, false, false])
    if (custody === 'AR') expect([code, park]).toEqual([code, false])
  }
})

test('a strict source hears of content, and never that a message is refused which others may send', () => {
  for (const code of errorCodes) {
    const { custody, strict } = outcomes[code]
    expect(strict === custody || (custody === 'AA' && strict === 'AE')).toBe(true)
  }
})
