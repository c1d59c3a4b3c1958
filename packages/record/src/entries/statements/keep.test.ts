import type { Stated } from '@tideway/schemas/documents/entry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kept } from './keep.ts'
import { requestRule } from './order.ts'
import { controls } from '../../status/order-control.ts'
import { settle } from './settle.ts'

type Told = { at: number; control: string | null; status: string | null }

const ruleOf = (told: Told) => requestRule(told as unknown as Stated<'request'>)
const statusOf = (all: readonly Told[]) => settle(all.map(ruleOf)).status
const deciderOf = (all: readonly Told[]) => all[settle(all.map(ruleOf)).statusFrom ?? -1]
const byTime = (all: readonly Told[]) => [...new Set(all)].toSorted((a, b) => a.at - b.at)

/**
 * What is kept if they come in this order and only so many of the newest are kept whatever they
 * say.
 */
const keptOf = (arriving: readonly Told[], limit: number) =>
  arriving.reduce<Told[]>((before, told) => kept(byTime(before.concat(told)), ruleOf, limit), [])

const histories = fc
  .array(
    fc.record({
      control: fc.constantFrom(null, ...Object.keys(controls)),
      status: fc.constantFrom(null, null, null, 'in-progress', 'on-hold'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) => all.map((told, at): Told => ({ at, ...told })))
const inAnyOrder = histories.chain((all) =>
  fc.tuple(
    fc.constant(all),
    fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
  ),
)

test('any number of statements, in any order and repetition, end in the status that all of them would', () => {
  fc.assert(
    fc.property(inAnyOrder, fc.integer({ min: 1, max: 5 }), ([all, arriving], limit) => {
      const left = keptOf(arriving, limit)
      expect(statusOf(left)).toBe(statusOf(all))
      expect(deciderOf(left)).toBe(deciderOf(all))
      expect(left).toEqual(keptOf(all, limit))
    }),
    { numRuns: 3_000 },
  )
})

test('what is kept stays small: the newest, and one of each word', () => {
  fc.assert(
    fc.property(inAnyOrder, ([, arriving]) => {
      expect(keptOf(arriving, 2).length).toBeLessThanOrEqual(2 + 18)
    }),
  )
})

test.each(['DC', 'CA', 'HD', 'XO'])(
  'an order of which %s was said keeps its status however much is told after it, until that is refused',
  (control) => {
    const say = (said: string | null, at: number): Told => ({
      at,
      control: said,
      status: null,
    })
    const refusal = { DC: 'UD', CA: 'UC', HD: 'UH', XO: 'UX' }[control] as string
    const told = [
      say('NW', 0),
      say(control, 1),
      ...Array.from({ length: 300 }, (_, n) => say('SC', n + 2)),
    ]
    expect(statusOf(keptOf(told, 100))).toBe(statusOf(told))
    expect(statusOf(keptOf([...told, say(refusal, 400)], 100))).toBe('active')
  },
)
