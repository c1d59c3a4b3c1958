import type { Mongo } from '@tideway/mongo/client'
import { pollUntil } from '../operate/client/poll.ts'

const projectionsOf = (messages: readonly { _id: string; patientKeys: string[] }[]): string[] =>
  messages.flatMap(({ _id, patientKeys }) => patientKeys.map((key) => `${_id}|${key}`))

/** Messages of the ledger since then, and how many of their effects are not in the record yet. */
const state = async (mongo: Mongo, since: Date) => {
  const messages = await mongo.messages
    .find(
      { receivedAt: { $gte: since } },
      { projection: { patientKeys: 1, events: 1, problem: 1 } },
    )
    .toArray()
  const wanted = projectionsOf(
    messages.filter(({ events, problem }) => events > 0 && problem === null),
  )
  const there =
    wanted.length === 0 ? 0 : await mongo.projections.countDocuments({ _id: { $in: wanted } })
  return { messages: messages.length, missing: wanted.length - there }
}

/**
 * Waits until what was received since then is in the ledger and in the record.
 *
 * @param expected  messages the ledger should have
 * @returns how many are missing when the time is over; 0: all is there
 */
export const settled = async (
  mongo: Mongo,
  since: Date,
  expected: number,
  withinMs: number,
): Promise<number> => {
  const { messages, missing } = await pollUntil(
    () => state(mongo, since),
    (now) => now.messages >= expected && now.missing === 0,
    withinMs,
    400,
  )
  return missing + Math.max(0, expected - messages)
}
