import { bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { coveringObject } from '@tideway/mongo/covering-object'
import { archivePlace } from '@tideway/schemas/documents/archive-place'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { pollUntil } from './client/poll.ts'
import type { Stores } from './open-line.ts'

/** The archive follows the log by its interval, 5 s, and some more when it is busy. */
const archivedWithinMs = 15_000

export const placeOf = async (
  { mongo }: Pick<Stores, 'mongo'>,
  { partition, offset }: LedgerMessage,
) => archivePlace(await coveringObject(mongo, partition, offset), offset)

/**
 * A message from the archive, with its bytes; waits if it only just came. Null if it is not
 * archived.
 */
export const messageInArchive = async (
  stores: Pick<Stores, 'mongo' | 'store'>,
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
 * The ledger's messages whose id starts so: people copy the first characters.
 *
 * @param start  hex digits, at least 6 to mean anything
 */
export const findMessages = (
  { mongo }: Pick<Stores, 'mongo'>,
  start: string,
): Promise<LedgerMessage[]> =>
  /^[0-9a-f]{6,32}$/.test(start)
    ? mongo.messages.find({ _id: { $gte: start, $lte: `${start}g` } }, { limit: 2 }).toArray()
    : Promise.resolve([])
