import {
  type ArchivedMessage,
  type Coverage,
  decodeObject,
  encodeObject,
  objectKeyOf,
} from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { ObjectStore } from '@tideway/object-store/client'
import type { ArchiveObjectDraft } from './archive-object.ts'

/**
 * The object of this name holds other messages than the log: the topic was recreated under an
 * existing archive. Retrying cannot help.
 */
export class ArchiveConflict extends Error {
  override readonly name = 'ArchiveConflict'
}

/**
 * Puts an archive object under the name that its first offset gives it, or adopts the object that
 * is there already.
 *
 * One is there if this process, an earlier one, or one that has lost the partition without knowing
 * it, put it and did not get to commit. Whoever put it, the next object starts where it ends, so
 * every writer continues the same chain of objects and no message is archived twice.
 *
 * @returns the object as stored; its `last` may be before or after the draft's
 * @throws ArchiveConflict
 */
export const putArchiveObject = async (
  store: Pick<ObjectStore, 'putNew' | 'get'>,
  draft: ArchiveObjectDraft,
  now: Date,
): Promise<{ object: ArchiveObject; adopted: boolean }> => {
  const key = objectKeyOf(draft.partition, draft.first, draft.durableAt)
  const coverage: Coverage = {
    first: draft.first,
    last: draft.last,
    skipped: draft.skipped,
    archivedAt: now,
  }
  const body = await encodeObject(draft.messages, coverage)
  if (await store.putNew(key, body, 'application/avro'))
    return {
      object: describeObject(key, draft.partition, coverage, draft.messages, body.length),
      adopted: false,
    }

  const existing = await store.get(key)
  if (existing === null) throw new Error('archive object existed and is gone')
  const found = await decodeObject(existing)
  requireSame(key, draft, found)
  return {
    object: describeObject(key, draft.partition, found.coverage, found.messages, existing.length),
    adopted: true,
  }
}

/** The index entry of an archive object. */
export const describeObject = (
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
 * Every message of the log that the object covers must be in it or in its list of skipped offsets.
 */
const requireSame = (
  key: string,
  draft: ArchiveObjectDraft,
  found: { coverage: Coverage; messages: readonly ArchivedMessage[] },
): void => {
  const ids = new Map(found.messages.map(({ offset, message }) => [offset, message.id]))
  const skipped = new Set(found.coverage.skipped)
  const missing = draft.messages.filter(
    ({ offset, message }) =>
      offset <= found.coverage.last && !skipped.has(offset) && ids.get(offset) !== message.id,
  )
  if (found.coverage.first !== draft.first || missing.length > 0)
    throw new ArchiveConflict(`${key} holds other messages than the log`)
}
