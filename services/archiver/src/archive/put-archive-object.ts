import {
  type ArchivedMessage,
  type Coverage,
  decodeObject,
  encodeObject,
  objectKeyOf,
} from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Tile } from './archive-object.ts'

/**
 * The object at this name holds other messages than the log: the topic was made anew under an old
 * archive. Retrying cannot help.
 */
export class ArchiveConflict extends Error {
  override readonly name = 'ArchiveConflict'
}

/**
 * Puts a tile under the name its first offset gives it, or adopts the object that is there already.
 *
 * One is there when this process, or one before it, or one that lost the partition and does not
 * know yet, put it and did not come to commit. Whoever put it, the next tile starts where it ends,
 * so every writer goes along the same chain of objects and no message is archived twice.
 *
 * @returns the object as it is in the store; its `last` may be before or after the tile's
 * @throws ArchiveConflict
 */
export const putTile = async (
  store: Pick<ObjectStore, 'putNew' | 'get'>,
  tile: Tile,
  now: Date,
): Promise<{ object: ArchiveObject; adopted: boolean }> => {
  const key = objectKeyOf(tile.partition, tile.first, tile.durableAt)
  const coverage: Coverage = {
    first: tile.first,
    last: tile.last,
    skipped: tile.skipped,
    archivedAt: now,
  }
  const body = await encodeObject(tile.messages, coverage)
  if (await store.putNew(key, body, 'application/avro'))
    return {
      object: describe(key, tile.partition, coverage, tile.messages, body.length),
      adopted: false,
    }

  const existing = await store.get(key)
  if (existing === null) throw new Error('archive object was there and is gone')
  const found = await decodeObject(existing)
  requireSame(key, tile, found)
  return {
    object: describe(key, tile.partition, found.coverage, found.messages, existing.length),
    adopted: true,
  }
}

const describe = (
  key: string,
  partition: number,
  coverage: Coverage,
  messages: readonly ArchivedMessage[],
  bytes: number,
): ArchiveObject => {
  const received = messages.map(({ message }) => message.receivedAt / 1000)
  const bound = (pick: (a: number, b: number) => number) =>
    new Date(received.reduce(pick, received[0] ?? coverage.archivedAt.getTime()))
  return {
    _id: key,
    partition,
    first: coverage.first,
    last: coverage.last,
    skipped: [...coverage.skipped],
    messages: messages.length,
    bytes,
    archivedAt: coverage.archivedAt,
    firstReceivedAt: bound((a, b) => Math.min(a, b)),
    lastReceivedAt: bound((a, b) => Math.max(a, b)),
  }
}

/**
 * Every message of ours that the object answers for must be in it, or be one it left out knowingly.
 */
const requireSame = (
  key: string,
  tile: Tile,
  found: { coverage: Coverage; messages: readonly ArchivedMessage[] },
): void => {
  const ids = new Map(found.messages.map(({ offset, message }) => [offset, message.id]))
  const skipped = new Set(found.coverage.skipped)
  const missing = tile.messages.filter(
    ({ offset, message }) =>
      offset <= found.coverage.last && !skipped.has(offset) && ids.get(offset) !== message.id,
  )
  if (found.coverage.first !== tile.first || missing.length > 0)
    throw new ArchiveConflict(`${key} holds other messages than the log`)
}
