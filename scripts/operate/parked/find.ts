import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { UsageError } from '../command-line.ts'
import { findMessages } from '../message-in-archive.ts'
import type { OperatorStores } from '../open-line.ts'
import { parkedTable } from './parked-table.ts'

const shownAtMost = 200

/**
 * The one message whose id starts with `start`. @throws UsageError if there is none or more than
 * one
 */
export const findMessage = async (line: OperatorStores, start: string): Promise<LedgerMessage> => {
  const [message, other] = await findMessages(line, start.toLowerCase())
  if (message === undefined)
    throw new UsageError(
      `No message ${start} in the ledger (an id has 32 hex digits; the first 6 or more are enough)`,
    )
  if (other !== undefined)
    throw new UsageError(`More than one message starts with ${start}: give more of its id`)
  return message
}

/** Messages in receive order, which is also the order of each patient's messages. */
export const findEach = async (
  line: OperatorStores,
  starts: readonly string[],
): Promise<LedgerMessage[]> => {
  const messages: LedgerMessage[] = []
  for (const start of starts) messages.push(await findMessage(line, start))
  return messages.sort((a, b) => a.received - b.received)
}

const isParked = (source: string | undefined) => ({
  'parked.state': 'PARKED' as const,
  ...(source === undefined ? {} : { source }),
})

/** Parked messages, oldest first. */
export const waitingMessages = (line: OperatorStores, source: string | undefined) =>
  line.mongo.messages.find(isParked(source)).sort({ received: 1 })

/** Prints a table of the oldest parked messages and how many there are. */
export const listParked = async (
  line: OperatorStores,
  source: string | undefined,
): Promise<boolean> => {
  const messages = await waitingMessages(line, source).limit(shownAtMost).toArray()
  const total = await line.mongo.messages.countDocuments(isParked(source))
  console.log(parkedTable(messages, total, new Date()))
  return true
}
