import { expect, test } from 'vitest'
import { zSegmentOf } from './z-segments.ts'

test.each([
  ['ZU1|1|A^B~C|\\F\\', { name: 'ZU1', fields: ['1', 'A^B~C', '\\F\\'] }],
  ['ZU2||', { name: 'ZU2', fields: ['', ''] }],
  ['ZAB#1#2', { name: 'ZAB', fields: ['1', '2'] }],
  ['ZU3', { name: 'ZU3', fields: [] }],
])('%s is shown by name with its fields', (asSent, shown) => {
  expect(zSegmentOf(asSent)).toEqual(shown)
})
