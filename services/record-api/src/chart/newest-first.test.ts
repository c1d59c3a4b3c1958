import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

const entry = (_id: string, time: number) => ({ _id, sortAt: new Date(time) }) as Entry

const open = { sections: 0 }
async function* section(...entries: Entry[]) {
  open.sections += 1
  try {
    yield* entries
  } finally {
    open.sections -= 1
  }
}

const ids = async (found: AsyncIterable<Entry>) =>
  (await Array.fromAsync(found)).map(({ _id }) => _id)

test('sections are merged newest first, by id where times are equal', async () => {
  expect(
    await ids(
      newestFirst([
        section(entry('a', 9), entry('d', 5), entry('e', 5)),
        section(),
        section(entry('b', 8), entry('c', 5), entry('f', 1)),
      ]),
    ),
  ).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('no section yields nothing', async () => {
  expect(await ids(newestFirst([]))).toEqual([])
})

test('a reader that stops early closes every section', async () => {
  for await (const { _id } of newestFirst([
    section(entry('a', 9), entry('c', 1)),
    section(entry('b', 8), entry('d', 0)),
  ]))
    if (_id === 'b') break
  expect(open.sections).toBe(0)
})
