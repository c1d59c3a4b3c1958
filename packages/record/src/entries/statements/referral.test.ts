import { expect, test } from 'vitest'
import { referralTriggers } from '../../status/referral-triggers.ts'
import { byAction } from './by-action.ts'
import { requestRule } from './order.ts'
import { settle } from './settle.ts'

type Said = { trigger?: string; status?: string; action?: string; control?: string }
const after = (...said: Said[]) =>
  settle(
    said.map((one) =>
      requestRule({ action: null, control: null, trigger: null, status: null, ...one } as never),
    ),
  ).status
const referred = { trigger: 'REFERRED', status: 'pending' }

/** What each trigger leaves of a referral that was accepted; without RF1-1. */
const leaves: Record<string, string> = {
  REFERRED: 'active',
  MODIFIED: 'active',
  CANCELLED: 'cancelled',
  STATUS_ASKED: 'active',
  ANSWERED: 'active',
  MODIFICATION_ANSWERED: 'active',
  CANCELLATION_ANSWERED: 'cancelled',
  STATUS_ANSWERED: 'active',
  REFUSED: 'rejected',
  MODIFICATION_REFUSED: 'active',
  CANCELLATION_REFUSED: 'active',
  STATUS_REFUSED: 'active',
}

test.each(Object.keys(referralTriggers))('%s', (trigger) => {
  expect(after(referred, { trigger })).toBe(leaves[trigger])
})

test('a status that is sent says more, unless it only says that the referral waits', () => {
  expect(after(referred, { trigger: 'ANSWERED', status: 'rejected' })).toBe('rejected')
  expect(after(referred, { trigger: 'ANSWERED', status: 'rejected' }, referred)).toBe('active')
  expect(after({ trigger: 'REFERRED', status: 'unknown' })).toBe('unknown')
  expect(after(referred, { trigger: 'CANCELLED', status: 'accepted' })).toBe('cancelled')
})

test('a cancellation that was refused is as if it had not been asked', () => {
  const cancelled = { trigger: 'CANCELLED' }
  expect(after(referred, cancelled, { trigger: 'CANCELLATION_REFUSED' })).toBe('active')
  expect(after(referred, { trigger: 'CANCELLATION_REFUSED' }, cancelled)).toBe('cancelled')
})

test('a deletion wins over the trigger, any other action does not', () => {
  expect(after(referred, { trigger: 'MODIFIED', action: 'D' })).toBe('entered-in-error')
  expect(after(referred, { trigger: 'MODIFIED', action: 'delete' })).toBe('entered-in-error')
  expect(after(referred, { trigger: 'CANCELLED', action: 'X' })).toBe('cancelled')
  expect(after(referred, { trigger: 'CANCELLED', action: '?' })).toBe('cancelled')
})

test('a trigger in no table leaves the status to what was sent', () => {
  expect(after({ trigger: 'LATER_WORD', status: 'accepted' })).toBe('active')
})

test.each([
  ['d', 'deleted'],
  ['Delete', 'deleted'],
  ['de', 'deleted'],
  ['a', 'active'],
  ['Update', 'active'],
  ['constructor', 'unknown'],
  ['Z', 'unknown'],
])('action %s is %s', (action, status) => {
  expect(byAction(action, 'active', 'reported').status).toBe(status)
})

test.each([
  ['ca', 'cancelled'],
  ['dc', 'stopped'],
  ['??', 'unknown'],
])('order control %s is %s', (control, status) => {
  expect(after({ control: 'NW' }, { control })).toBe(status)
})
