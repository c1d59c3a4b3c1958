import { UsageError } from '../command-line.ts'
import { messageInArchive, placeOf } from '../message-in-archive.ts'
import type { OperatorStores } from '../open-line.ts'
import { findMessage } from './find.ts'
import { ledgerFacts } from './parked-table.ts'

/** Prints what the ledger knows of a message; nothing of its content. */
export const showMessage = async (line: OperatorStores, start: string): Promise<boolean> => {
  const message = await findMessage(line, start)
  const place = await placeOf(line, message)
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
