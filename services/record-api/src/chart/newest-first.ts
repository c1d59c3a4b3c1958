import { newestFirst as byNewest } from '@tideway/record/summary/newest-first'
import type { Entry } from '@tideway/schemas/documents/entry'

/** Order of a section: clinical time, newest first; the id where times are equal. */
export const bySectionOrder = byNewest<Entry>(({ _id }) => _id)

type Source = { next: Entry; rest: AsyncIterator<Entry> }

const advance = async (rest: AsyncIterator<Entry>): Promise<Source[]> => {
  const { done, value } = await rest.next()
  return done === true ? [] : [{ next: value, rest }]
}

/**
 * Merges the sections of several patients, each in section order, into one. Reads ahead one entry
 * of each.
 */
export async function* newestFirst(
  sections: readonly AsyncIterable<Entry>[],
): AsyncGenerator<Entry> {
  const iterators = sections.map((section) => section[Symbol.asyncIterator]())
  try {
    let sources = (await Promise.all(iterators.map(advance))).flat()
    for (;;) {
      const [first, ...others] = sources.toSorted((a, b) => bySectionOrder(a.next, b.next))
      if (first === undefined) return
      yield first.next
      sources = [...(await advance(first.rest)), ...others]
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()))
  }
}
