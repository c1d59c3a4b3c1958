import { bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { coveringObject } from '@tideway/mongo/covering-object'
import { archivePlace } from '@tideway/schemas/documents/archive-place'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { pollUntil } from './client/poll.ts'
import type { OperatorStores } from './open-line.ts'

/** The archive lags the log by its interval, 5 s, and more when it is busy. */
const archivedWithinMs = 15_000

/** The archive object of a message and its position in it; null if it is not archived yet. */
export const placeOf = async (
  { mongo }: Pick<OperatorStores, 'mongo'>,
  { partition, offset }: LedgerMessage,
) => archivePlace(await coveringObject(mongo, partition, offset), offset)

/** Whether a message of the ledger can be read from the archive. */
export const isArchived = async (
  stores: Pick<OperatorStores, 'mongo'>,
  ledger: LedgerMessage,
): Promise<boolean> => (await placeOf(stores, ledger)) !== null

/**
 * A message from the archive, with its bytes. One that just came is waited for, 15 s; null if it is
 * not archived then.
 */
export const messageInArchive = async (
  stores: Pick<OperatorStores, 'mongo' | 'store'>,
  ledger: LedgerMessage,
): Promise<{ message: MessageReceived; bytes: Buffer } | null> => {
  const place = await pollUntil(
    () => placeOf(stores, ledger),
    (found) => found !== null,
    archivedWithinMs,
    500,
  )
  if (place === null) return null
  const { message } = await readRecord(stores.store, place)
  return { message, bytes: await bytesOf(stores.store, message) }
}

/**
 * At most two messages of the ledger whose id has this beginning, so that an ambiguous one is seen.
 *
 * @param start  6 to 32 hex digits; nothing is found by fewer
 */
export const findMessages = (
  { mongo }: Pick<OperatorStores, 'mongo'>,
  start: string,
): Promise<LedgerMessage[]> =>
  /^[0-9a-f]{6,32}$/.test(start)
    ? mongo.messages.find({ _id: { $gte: start, $lte: `${start}g` } }, { limit: 2 }).toArray()
    : Promise.resolve([])
