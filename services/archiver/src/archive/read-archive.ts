import { type ArchivedMessage, dayPrefix, isObjectKey } from '@tideway/schemas/archive'
import { topics } from '@tideway/schemas/topics'
import { readObject } from '@tideway/object-store/archived-message'
import type { ObjectStore } from '@tideway/object-store/client'
import { mergeByTime, sortWithin } from './merge-by-time.ts'

type Store = Pick<ObjectStore, 'get' | 'list'>

/** Times of receipt in milliseconds: `from` and later, before `to`. */
export type Range = { from: number; to: number }

const day = 24 * 60 * 60 * 1000
/**
 * A message is in the log within seconds of its receipt; clocks of receiver and broker may differ
 * by some more.
 */
const skewMs = 60_000

/**
 * Keys of archive objects in the order of their names; what else lies beside them is passed over.
 */
export async function* archiveKeys(
  store: Pick<Store, 'list'>,
  prefix = `${topics.rawMessages.name}/`,
): AsyncGenerator<string> {
  for await (const key of store.list(prefix)) if (isObjectKey(key)) yield key
}

/**
 * The range, cut to what can be there: from the first day of the archive to now. Null if the
 * archive is empty.
 */
const within = async (store: Pick<Store, 'list'>, { from, to }: Range): Promise<Range | null> => {
  for await (const key of archiveKeys(store)) {
    const firstDay = Date.parse(
      key
        .slice(topics.rawMessages.name.length + 1)
        .split('/')
        .slice(0, 3)
        .join('-'),
    )
    return { from: Math.max(from, firstDay), to: Math.min(to, Date.now()) }
  }
  return null
}

/**
 * Object keys of one partition, in log order, for the days on which messages of this range can have
 * become durable.
 */
const keysOf = async (
  store: Pick<Store, 'list'>,
  partition: number,
  { from, to }: Range,
): Promise<string[]> => {
  const keys: string[] = []
  const start = Math.floor((from - skewMs) / day) * day
  for (let at = start; at <= to + skewMs; at += day)
    for await (const key of archiveKeys(store, `${dayPrefix(at)}${partition}-`)) keys.push(key)
  return keys
}

/**
 * Place of the last object that starts at or before `time`, or 0; a few objects are read instead of
 * a day of them.
 */
const lastBefore = async (store: Store, keys: readonly string[], time: number): Promise<number> => {
  let [low, high] = [0, keys.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [first] = await readObject(store, keys[middle] as string)
    if (first !== undefined && first.durableAt <= time) low = middle
    else high = middle - 1
  }
  return low
}

async function* partitionMessages(
  store: Store,
  partition: number,
  range: Range,
): AsyncGenerator<ArchivedMessage> {
  const keys = await keysOf(store, partition, range)
  for (const key of keys.slice(await lastBefore(store, keys, range.from - skewMs))) {
    const records = await readObject(store, key)
    if ((records[0]?.durableAt ?? 0) > range.to + skewMs) return
    yield* records
  }
}

/** Every archived message received in this range, in receive order, from the object store alone. */
export async function* archivedMessages(
  store: Store,
  asked: Range,
): AsyncGenerator<ArchivedMessage> {
  const range = await within(store, asked)
  if (range === null) return
  const streams = Array.from({ length: topics.rawMessages.partitions }, (_, partition) =>
    partitionMessages(store, partition, range),
  )
  const merged = mergeByTime(streams, ({ durableAt }) => durableAt)
  const receivedMs = ({ message }: ArchivedMessage) => message.receivedAt / 1000
  for await (const record of sortWithin(merged, ({ durableAt }) => durableAt, receivedMs, skewMs))
    if (receivedMs(record) >= range.from && receivedMs(record) < range.to) yield record
}
