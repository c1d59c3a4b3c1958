import { type ArchivedMessage, dayPrefix, isObjectKey } from '@tideway/schemas/archive'
import { topics } from '@tideway/schemas/topics'
import { readObject } from '@tideway/object-store/archived-message'
import type { ObjectStore } from '@tideway/object-store/client'
import { mergeByTime, sortWithin } from './merge-by-time.ts'

type ArchiveStore = Pick<ObjectStore, 'get' | 'list'>

/** Receive times in milliseconds, `from` inclusive, `to` exclusive. */
export type ReceiveRange = { from: number; to: number }

const day = 24 * 60 * 60 * 1000
/** Most that receive time and the broker's time of one message differ, clock skew included. */
const skewMs = 60_000

/** Keys of archive objects in order; other objects under the prefix are skipped. */
export async function* archiveKeys(
  store: Pick<ArchiveStore, 'list'>,
  prefix = `${topics.rawMessages.name}/`,
): AsyncGenerator<string> {
  for await (const key of store.list(prefix)) if (isObjectKey(key)) yield key
}

/** The range limited to the first day of the archive until now; null if the archive is empty. */
const limitToArchive = async (
  store: Pick<ArchiveStore, 'list'>,
  { from, to }: ReceiveRange,
): Promise<ReceiveRange | null> => {
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

/** Object keys of each partition, in log order, that may hold messages of this range. */
const keysByPartition = async (
  store: Pick<ArchiveStore, 'list'>,
  { from, to }: ReceiveRange,
): Promise<string[][]> => {
  const partitions = new Map<string, string[]>()
  const start = Math.floor((from - skewMs) / day) * day
  for (let at = start; at <= to + skewMs; at += day) {
    const prefix = dayPrefix(at)
    for await (const key of archiveKeys(store, prefix)) {
      const partition = key.slice(prefix.length, key.indexOf('-', prefix.length))
      const keys = partitions.get(partition)
      if (keys === undefined) partitions.set(partition, [key])
      else keys.push(key)
    }
  }
  return [...partitions.values()]
}

/**
 * Index of the last object that starts at or before `time`, or 0. A binary search, so that a few
 * objects are read instead of a day's.
 */
const lastStartingBefore = async (
  store: ArchiveStore,
  keys: readonly string[],
  time: number,
): Promise<number> => {
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
  store: ArchiveStore,
  keys: readonly string[],
  range: ReceiveRange,
): AsyncGenerator<ArchivedMessage> {
  for (const key of keys.slice(await lastStartingBefore(store, keys, range.from - skewMs))) {
    const records = await readObject(store, key)
    if ((records[0]?.durableAt ?? 0) > range.to + skewMs) return
    yield* records
  }
}

/** Every archived message of this range in receive order, from the object store alone. */
export async function* archivedMessages(
  store: ArchiveStore,
  asked: ReceiveRange,
): AsyncGenerator<ArchivedMessage> {
  const range = await limitToArchive(store, asked)
  if (range === null) return
  const streams = (await keysByPartition(store, range)).map((keys) =>
    partitionMessages(store, keys, range),
  )
  const merged = mergeByTime(streams, ({ durableAt }) => durableAt)
  const receivedMs = ({ message }: ArchivedMessage) => message.receivedAt / 1000
  for await (const record of sortWithin(merged, ({ durableAt }) => durableAt, receivedMs, skewMs))
    if (receivedMs(record) >= range.from && receivedMs(record) < range.to) yield record
}
