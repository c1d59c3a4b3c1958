import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { maxStatements, takePage } from './take-page.ts'

const report = (observations: number) =>
  ({
    data: {
      kind: 'report',
      observations: Array.from({ length: observations }, () => ({ reported: [{}] })),
    },
  }) as unknown as Entry

async function* found(...entries: Entry[]) {
  yield* entries
}

test('a page ends at its limit and has a cursor for the rest', async () => {
  expect(await takePage(found(report(1), report(1)), 2)).toMatchObject({
    entries: [{}, {}],
    more: false,
  })
  expect((await takePage(found(report(1), report(1), report(1)), 2)).entries).toHaveLength(2)
  expect((await takePage(found(report(1), report(1), report(1)), 2)).more).toBe(true)
})

test('large reports end a page early, and are never cut', async () => {
  const page = await takePage(found(report(maxStatements - 1), report(1), report(1)), 100)
  expect(page).toMatchObject({ entries: [{}, {}], more: true })
})

test('one report larger than a page is returned whole', async () => {
  const page = await takePage(found(report(maxStatements * 3), report(1)), 100)
  expect(page).toMatchObject({ entries: [{}], more: true })
})
