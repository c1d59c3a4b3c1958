import type { Mongo } from '@tideway/mongo/client'
import { pollUntil } from '../operate/client/poll.ts'

const projectionsOf = (messages: readonly { _id: string; patientKeys: string[] }[]): string[] =>
  messages.flatMap(({ _id, patientKeys }) => patientKeys.map((key) => `${_id}|${key}`))

/** Messages in the ledger since a time, and how many of their projections are missing. */
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
 * Waits until everything received since a time is in the ledger and in the record.
 *
 * @param expected  number of messages the ledger should have
 * @returns how many are missing at the end; 0 if none
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
