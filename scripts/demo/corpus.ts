import type { Mongo } from '@tideway/mongo/client'
import { type Addresses, requireAddresses } from '../stack/addresses.ts'
import type { Api } from '../operate/client/api.ts'
import { showProgress } from '../operate/client/progress.ts'
import { type SentFrame, sendFrames } from '../measure/corpus/send.ts'
import type { Frame } from '../measure/corpus/split.ts'
import { isKept } from '../measure/corpus/verify.ts'
import { addressOf } from '../measure/load/connection.ts'
import { settled } from './settle.ts'

const readableWithinMs = 60_000

/** The last message that is kept; if it is in the ledger, an earlier start sent the corpus. */
const wasSent = async (frames: readonly Frame[], operator: Api): Promise<boolean> => {
  const last = frames
    .flatMap(({ messages }) => messages)
    .findLast(({ controlId }) => /^\w+$/.test(controlId))
  if (last === undefined) return true
  return (
    (await operator.get<{ messages: unknown[] }>(`/api/messages?controlId=${last.controlId}`))
      .messages.length > 0
  )
}

const distinct = (sent: readonly SentFrame[]) =>
  new Set(
    sent.filter((one) => isKept(one) && !one.silent).map(({ bytes }) => bytes.toString('latin1')),
  ).size

/**
 * Sends the public test messages to the sandbox and shows progress. @returns what was sent; empty
 * if an earlier start sent it
 */
export const sendCorpus = async (
  addresses: Addresses,
  frames: readonly Frame[],
  operator: Api,
  mongo: Mongo,
  say: (line: string) => void,
): Promise<SentFrame[]> => {
  const messages = frames.reduce((sum, frame) => sum + frame.messages.length, 0)
  say(
    `\n  MESSAGES OF OTHERS: ${messages} of public projects, through the sandbox, some malformed on purpose\n`,
  )
  if (await wasSent(frames, operator)) {
    say('  They are there from an earlier start.')
    return []
  }
  const since = new Date()
  const progress = showProgress('sending', messages)
  const { sent, drops } = await sendFrames(
    addressOf(requireAddresses(addresses, 'mllpSandbox').mllpSandbox),
    frames,
    {
      connections: 4,
      answerWithinMs: 20_000,
      onSent: (some) => progress.add(some.length),
    },
  )
  progress.end()
  for (const { file, why } of drops) say(`  ${why} at ${file}`)
  const missing = await settled(mongo, since, distinct(sent), readableWithinMs)
  say(
    missing === 0
      ? '  All of it is in the ledger and, where it could be understood, in the record.'
      : `  ${missing} effects are still on their way.`,
  )
  return sent
}
