import type { Mongo } from '@tideway/mongo/client'

const atOnce = 1_000

/** The ledger entry and the projections of one message. */
export type LedgerEntries = {
  received: number
  parked: boolean
  patientKeys: string[]
  events: number
}

const chunked = function* <T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += atOnce) yield items.slice(at, at + atOnce)
}

/** Ledger entries by message id; missing ones are absent. */
export const readLedger = async (
  mongo: Mongo,
  ids: readonly string[],
): Promise<Map<string, LedgerEntries>> => {
  const known = new Map<string, LedgerEntries>()
  for (const some of chunked(ids)) {
    const messages = await mongo.messages
      .find(
        { _id: { $in: some } },
        { projection: { received: 1, parked: 1, patientKeys: 1, events: 1 } },
      )
      .toArray()
    for (const { _id, received, parked, patientKeys, events } of messages)
      known.set(_id, { received, parked: parked !== null, patientKeys, events })
  }
  return known
}

/** Receive order of everything applied to the record, by `<message id>|<patient key>`. */
export const readProjections = async (
  mongo: Mongo,
  wanted: readonly string[],
): Promise<Map<string, number>> => {
  const found = new Map<string, number>()
  for (const some of chunked(wanted)) {
    for (const { _id, received } of await mongo.projections
      .find({ _id: { $in: some } }, { projection: { received: 1 } })
      .toArray())
      found.set(_id, received)
  }
  return found
}

/** Keys of the projections that a ledger entry requires. */
export const wantedProjections = (ledger: ReadonlyMap<string, LedgerEntries>): string[] =>
  [...ledger].flatMap(([id, { patientKeys, events, parked }]) =>
    events > 0 && !parked ? patientKeys.map((key) => `${id}|${key}`) : [],
  )
