import { expect, test } from 'vitest'
import type { Row } from './measure.ts'
import { sideBySide } from './side-by-side.ts'

test('receivers are measured in turn, and the middle of three rounds counts', async () => {
  const order: string[] = []
  const runner = (what: string, rates: number[]) => ({
    what,
    measure: async () => {
      order.push(what)
      return { what, perSecond: rates.shift() ?? 0 } as Row
    },
  })
  const rows = await sideBySide([runner('a', [9, 1, 5]), runner('b', [2, 8, 3])], 32, 1, 3)
  expect(order.join('')).toBe('ababab')
  expect(rows.map(({ perSecond }) => perSecond)).toEqual([5, 3])
})
