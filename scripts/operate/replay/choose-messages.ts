import { archivedMessages } from '@tideway/archiver/archive/read-archive'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { UsageError } from '../command-line.ts'
import { messageInArchive } from '../message-in-archive.ts'
import type { OperatorStores } from '../open-line.ts'
import { findMessage } from '../parked/find.ts'

/** Either one message, or a range of receive times in milliseconds since 1970 UTC. */
export type ReplayOptions = {
  message?: string | undefined
  from?: number | undefined
  to?: number | undefined
  source?: string | undefined
}

async function* oneMessage(line: OperatorStores, start: string): AsyncGenerator<ArchivedMessage> {
  const ledger = await findMessage(line, start)
  const found = await messageInArchive(line, ledger)
  if (found === null)
    throw new UsageError(
      `Message ${ledger._id} is not in the archive yet: check that the archiver is healthy, and try again`,
    )
  yield {
    partition: ledger.partition,
    offset: ledger.offset,
    durableAt: ledger.durableAt.getTime(),
    message: found.message,
  }
}

/**
 * Archived messages that the options select. @throws UsageError if the one message is not archived
 */
export async function* chooseMessages(
  line: OperatorStores,
  { message, from = 0, to = Date.now(), source }: ReplayOptions,
): AsyncGenerator<ArchivedMessage> {
  if (message !== undefined) return yield* oneMessage(line, message)
  for await (const record of archivedMessages(line.store, { from, to }))
    if (source === undefined || record.message.source === source) yield record
}
