import { bytesOf } from '@tideway/object-store/archived-message'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { lineKnowing } from './known-now.ts'
import { renormalise } from './renormalise.ts'
import type { Line } from '../open-line.ts'
import { publishInOrder } from './publish-in-order.ts'

/** Outcomes of the messages read. */
export type ReplayTally = {
  read: number
  replayed: number
  events: number
  /** Parked or dropped: `npm run parked` decides about them. */
  waiting: number
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
  refused: 0,
  unmapped: new Map(),
})

/** A message that was parked when received is replayed only if it has been released. */
const isReleased = async ({ mongo }: Line, id: string): Promise<boolean> =>
  (await mongo.messages.findOne({ _id: id }, { projection: { parked: 1 } }))?.parked?.state ===
  'RELEASED'

/** Messages that an operator dropped. */
const droppedMessages = async ({ mongo }: Line): Promise<Set<string>> =>
  new Set(
    (
      await mongo.messages.find({ 'parked.state': 'DROPPED' }, { projection: { _id: 1 } }).toArray()
    ).map(({ _id }) => _id),
  )

/**
 * Publishes the events of archived messages again in the order given; the raw messages are not
 * published again. Event ids and receive times are those of the first time, so what is already in
 * the record does not change.
 */
export const replayMessages = async (
  records: AsyncIterable<ArchivedMessage>,
  line: Line,
  dryRun: boolean,
  onRead: (tally: ReplayTally, record: ArchivedMessage) => void,
): Promise<ReplayTally> => {
  const tally = emptyTally()
  const publishing = publishInOrder(line)
  const dropped = await droppedMessages(line)
  const knowing = lineKnowing(line)

  const replay = async ({ message }: ArchivedMessage): Promise<void> => {
    const { events, normalised, problem } = renormalise(
      message,
      await bytesOf(line.store, message),
      await knowing(message.problem?.code),
    )
    if (problem !== null) {
      const reason = `${problem.code} ${problem.place}`
      tally.unmapped.set(reason, (tally.unmapped.get(reason) ?? 0) + 1)
      return
    }
    if (!dryRun) await publishing.add(events, normalised?.attachments ?? [])
    tally.replayed += 1
    tally.events += events.length
  }

  for await (const record of records) {
    const { message } = record
    tally.read += 1
    if (dropped.has(message.id) || (message.parked && !(await isReleased(line, message.id))))
      tally.waiting += 1
    else if (message.problem !== null && !message.parked && message.events === 0) tally.refused += 1
    else await replay(record)
    onRead(tally, record)
  }
  if (!dryRun) await publishing.flush()
  return tally
}
