import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { Line } from '../open-line.ts'
import { drop, release } from './release.ts'

/** Releases messages in order and prints the outcome of each. @returns whether all were */
export const releaseEach = async (
  line: Line,
  messages: readonly LedgerMessage[],
): Promise<boolean> => {
  let released = 0
  for (const message of messages) {
    const outcome = await release(line, message)
    console.log(outcome.line)
    if (outcome.done) released += 1
  }
  if (messages.length === 0) console.log('Nothing is parked.')
  else if (messages.length > 1) console.log(`released ${released} of ${messages.length}`)
  return released === messages.length
}

/** Drops messages in order and prints the outcome of each. @returns whether all were */
export const dropEach = async (
  line: Line,
  messages: readonly LedgerMessage[],
  reason: string,
): Promise<boolean> => {
  let dropped = 0
  for (const message of messages) {
    const outcome = await drop(line, message, reason)
    console.log(outcome.line)
    if (outcome.done) dropped += 1
  }
  return dropped === messages.length
}
