import { expect, test } from 'vitest'
import { queryLines } from './queries.ts'

const timed = (size: number, p50: number) => ({
  ...{ service: 'record-api', name: 'the record', size, p50, p95: 2 * p50, storeCpuMs: 1 },
})
const reads = {
  ...{ perSecond: 199, rate: 200, failed: 1 },
  ...{ record: null, ledger: null, search: null, section: null },
}

test('a query is one line with both sizes and how many times as long the larger takes', () => {
  const sizes = [10_000, 1_000_000]
  const [title = '', table = ''] = queryLines([
    { store: 'a store', sizes, timed: [timed(10_000, 4), timed(1_000_000, 6)], reads },
  ])
  expect(title).toContain('a store')
  expect(title).toContain('10,000 and 1,000,000 messages')
  expect(table.split('\n').at(-1)?.replace(/ +/g, ' ')).toBe(
    ' record-api the record 4.0 8.0 1.0 6.0 12.0 1.0 1.5 times',
  )
})

test('one size has no growth, and reads that failed are counted', () => {
  const lines = queryLines([{ store: 's', sizes: [10_000], timed: [timed(10_000, 4)], reads }])
  expect(lines.join('\n')).toContain('– times')
  expect(lines.join('\n')).toContain('200/s asked, 199/s answered, 1 failed')
})
