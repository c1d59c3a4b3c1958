import type { Stated } from '@tideway/schemas/documents/entry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionRule } from './condition.ts'
import { kept } from './keep.ts'
import { settle } from './settle.ts'

type Told = {
  at: number
  action: string | null
  clinicalStatus: string | null
  verificationStatus: string | null
}
const silent = { action: null, clinicalStatus: null, verificationStatus: null }
const ruleOf = (told: Told) => conditionRule(told as unknown as Stated<'condition'>)
const settled = (...said: Partial<Told>[]) =>
  settle(said.map((one, at) => ruleOf({ ...silent, at, ...one })))

test.each(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'])(
  'a diagnosis told again without a status leaves it %s',
  (clinicalStatus) => {
    expect(settled({ clinicalStatus }, {})).toEqual({
      status: clinicalStatus,
      statusFrom: 0,
      shown: [1],
    })
  },
)

test('without a status known before, after a deletion and after an error, it is reported', () => {
  expect(settled({}).status).toBe('reported')
  expect(settled({ clinicalStatus: 'active' }, { action: 'D' }, {}).status).toBe('reported')
  expect(settled({ verificationStatus: 'entered-in-error' }, {}).status).toBe('reported')
})

test('a problem that is added or changed without a status has none', () => {
  expect(
    ['AD', 'UP'].map((action) => settled({ clinicalStatus: 'resolved' }, { action }).status),
  ).toEqual(['reported', 'reported'])
})

const histories = fc
  .array(
    fc.record({
      action: fc.constantFrom(null, null, 'AD', 'UC', 'DE'),
      clinicalStatus: fc.constantFrom(null, null, 'active', 'resolved', '?'),
      verificationStatus: fc.constantFrom(null, null, 'refuted'),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((all) => all.map((told, at): Told => ({ at, ...told })))

test('however many are told, what is kept of them ends in the status that all of them would', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 4 }), (all, limit) => {
      const left = all.reduce<Told[]>(
        (before, told) => kept(before.concat(told), ruleOf, limit),
        [],
      )
      const [some, every] = [settle(left.map(ruleOf)), settle(all.map(ruleOf))]
      expect([some.status, left[some.statusFrom ?? -1]]).toEqual([
        every.status,
        all[every.statusFrom ?? -1],
      ])
    }),
    { numRuns: 3_000 },
  )
})
