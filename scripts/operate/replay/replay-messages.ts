import { bytesOf } from '@tideway/object-store/archived-message'
import type { Outgoing } from '@tideway/kafka/client'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { type Decisions, decisionsIn } from './decisions.ts'
import { lineKnowing } from './known-now.ts'
import { type Again, renormalise } from './renormalise.ts'
import type { Line } from '../open-line.ts'
import { findNoLongerSaid, withdrawnByReplay } from './no-longer-said.ts'
import { publishInOrder } from './publish-in-order.ts'

/** Outcomes of the messages read. */
export type ReplayTally = {
  read: number
  replayed: number
  events: number
  /** Parked or dropped: `npm run parked` decides about them. */
  waiting: number
  /** Withdrawn from the record by an operator. */
  withdrawn: number
  /** Messages that said something before, of a patient, that they do not say now. */
  saidLess: number
  /** Of these, those that an earlier release applied: what they said before stays. */
  unknown: number
  /** Refused when received; archived as evidence only. */
  refused: number
  /** Could be mapped when received and cannot now, by code and place. */
  unmapped: Map<string, number>
}

export const emptyTally = (): ReplayTally => ({
  read: 0,
  replayed: 0,
  events: 0,
  waiting: 0,
  withdrawn: 0,
  saidLess: 0,
  unknown: 0,
  refused: 0,
  unmapped: new Map(),
})

type Read = { message: ArchivedMessage['message']; again: Again; acts: Outgoing[] }

/** Messages whose earlier events are looked up at once. */
const lookedUpAtOnce = 64

/**
 * Publishes the events of archived messages again in the order given; the raw messages are not
 * published again. Event ids and receive times are those of the first time, so what is already in
 * the record does not change. What a message said before, of a patient or under a key that it no
 * longer names, is withdrawn first.
 *
 * @param decisions  absent: those of the ledger
 */
export const replayMessages = async (
  records: AsyncIterable<ArchivedMessage>,
  line: Line,
  dryRun: boolean,
  onRead: (tally: ReplayTally, record: ArchivedMessage) => void,
  decisions?: Decisions,
): Promise<ReplayTally> => {
  const tally = emptyTally()
  const publishing = publishInOrder(line)
  const { isDropped, isReleased, isWithdrawn, withdrawal } = decisions ?? (await decisionsIn(line))
  const knowing = lineKnowing(line)

  const read = async ({ message }: ArchivedMessage): Promise<Read> => {
    const again = renormalise(
      message,
      await bytesOf(line.store, message),
      await knowing(message.problem?.code),
    )
    if (again.problem !== null) return { message, again, acts: [] }
    if (withdrawal !== null && isWithdrawn(message.id)) {
      const patients = [...new Set(again.events.map(({ key }) => key))]
      return { message, again, acts: withdrawal(message.id, patients) }
    }
    const less = await findNoLongerSaid(line, message.id, again.events)
    if (less.patients.length > 0) tally.saidLess += 1
    if (less.unknown.length > 0) tally.unknown += 1
    return { message, again, acts: withdrawnByReplay(line, message.id, less) }
  }

  const publish = async ({ message, again, acts }: Read): Promise<void> => {
    const { events, normalised, problem } = again
    if (problem !== null) {
      const reason = `${problem.code} ${problem.place}`
      tally.unmapped.set(reason, (tally.unmapped.get(reason) ?? 0) + 1)
      return
    }
    if (!dryRun) await publishing.add([...acts, ...events], normalised?.attachments ?? [])
    if (!dryRun && acts.length > 0 && normalised !== null && !isWithdrawn(message.id))
      await line.mongo.messages.updateOne(
        { _id: message.id },
        { $set: { events: events.length, patientKeys: normalised.patientKeys } },
      )
    tally.replayed += 1
    tally.events += events.length
  }

  const isReplayed = async ({ message }: ArchivedMessage): Promise<boolean> => {
    if (withdrawal === null && isWithdrawn(message.id)) tally.withdrawn += 1
    else if (isDropped(message.id) || (message.parked && !(await isReleased(message.id))))
      tally.waiting += 1
    else if (message.problem !== null && !message.parked && message.events === 0) tally.refused += 1
    else return true
    return false
  }

  let chosen: ArchivedMessage[] = []
  const replay = async (): Promise<void> => {
    const some = await Promise.all(chosen.map(read))
    chosen = []
    for (const one of some) await publish(one)
  }
  for await (const record of records) {
    tally.read += 1
    if (await isReplayed(record)) chosen.push(record)
    if (chosen.length >= lookedUpAtOnce) await replay()
    onRead(tally, record)
  }
  await replay()
  if (!dryRun) await publishing.flush()
  return tally
}
