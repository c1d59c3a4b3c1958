import { archivePlace } from '@tideway/schemas/documents/archive-place'
import { UsageError } from '../command-line.ts'
import { messageInArchive } from '../message-in-archive.ts'
import type { OperatorStores } from '../open-line.ts'
import { findMessage } from './find.ts'
import { ledgerFacts } from './parked-table.ts'

/** Prints what the ledger knows of a message; nothing of its content. */
export const showMessage = async (line: OperatorStores, start: string): Promise<boolean> => {
  const message = await findMessage(line, start)
  const place = archivePlace(
    await line.mongo.archiveObjects.findOne(
      { partition: message.partition, first: { $lte: message.offset } },
      { sort: { first: -1 } },
    ),
    message.offset,
  )
  console.log(
    ledgerFacts(message, place === null ? null : `${place.object}, record ${place.position}`),
  )
  return true
}

/**
 * Writes the bytes of a message to standard output. @throws UsageError if it is not archived yet
 */
export const writeMessage = async (line: OperatorStores, start: string): Promise<boolean> => {
  const message = await findMessage(line, start)
  const found = await messageInArchive(line, message)
  if (found === null) throw new UsageError(`Message ${message._id} is not in the archive yet`)
  process.stdout.write(found.bytes)
  console.error(`${message._id}  ${found.bytes.length} bytes`)
  return true
}
