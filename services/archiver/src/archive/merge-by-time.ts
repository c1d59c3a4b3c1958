/** Merges streams, each ordered by `at`, into one in that order. Buffers one item per stream. */
export async function* mergeByTime<T>(
  streams: readonly AsyncGenerator<T>[],
  at: (item: T) => number,
): AsyncGenerator<T> {
  const next = async (stream: AsyncGenerator<T>) => ({ stream, result: await stream.next() })
  const heads = await Promise.all(streams.map(next))
  for (;;) {
    let first: (typeof heads)[number] | null = null
    for (const head of heads) {
      if (head.result.done) continue
      if (first === null || at(head.result.value) < at(first.result.value as T)) first = head
    }
    if (first === null) return
    yield first.result.value as T
    first.result = await first.stream.next()
  }
}

/**
 * Sorts a nearly ordered stream.
 *
 * @param clock    never decreases along the stream
 * @param key      sort key, in the unit of `clock`
 * @param horizon  how far `key` may lag `clock`; items that lag more come late but are not lost
 */
export async function* sortWithin<T>(
  stream: AsyncIterable<T>,
  clock: (item: T) => number,
  key: (item: T) => number,
  horizon: number,
): AsyncGenerator<T> {
  const held: T[] = []
  let releaseAt = -Infinity
  for await (const item of stream) {
    held.push(item)
    if (clock(item) < releaseAt) continue
    held.sort((a, b) => key(a) - key(b))
    const limit = clock(item) - horizon
    const ready = held.findIndex((candidate) => key(candidate) > limit)
    yield* held.splice(0, ready === -1 ? held.length : ready)
    releaseAt = clock(item) + horizon
  }
  yield* held.sort((a, b) => key(a) - key(b))
}
