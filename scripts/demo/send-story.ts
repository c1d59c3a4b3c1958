import type { Mongo } from '@tideway/mongo/client'
import { type Addresses, requireAddresses } from '../stack/addresses.ts'
import { addressOf, openConnection } from '../measure/load/connection.ts'
import { settled } from './settle.ts'
import { type Chapter, lookAfter } from './story.ts'

const answerWithinMs = 20_000
const readableWithinMs = 30_000

/**
 * Sends the chapters in order, one at a time, as the hospitals would, and pauses before the child
 * is moved.
 */
export const sendStory = async (
  addresses: Addresses,
  chapters: readonly Chapter[],
  mongo: Mongo,
  on: { told: (line: string) => void; look: () => Promise<void> },
): Promise<void> => {
  const since = new Date()
  const connection = await openConnection(addressOf(requireAddresses(addresses, 'mllp').mllp))
  for (const [index, { bytes, controlId, says }] of chapters.entries()) {
    const began = performance.now()
    const [answer] = await connection.exchange(bytes, [controlId], answerWithinMs)
    const refusal =
      answer?.error == null ? '' : `  ${answer.error} at ${answer.place ?? 'the message'}`
    on.told(
      `  ${controlId}  ${answer?.code}${refusal}  ${String(Math.round(performance.now() - began)).padStart(4)} ms  ${says}`,
    )
    if (index + 1 !== lookAfter && index + 1 !== chapters.length) continue
    await settled(mongo, since, index + 1, readableWithinMs)
    if (index + 1 === lookAfter) await on.look()
  }
  await connection.close()
}
