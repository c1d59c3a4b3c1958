import type { GroupCommit } from './group-commit.ts'
import type { Outgoing } from '@tideway/kafka/client'
import { NotDurable } from './not-durable-error.ts'
import type { ObjectStore } from '@tideway/object-store/client'
import { offload, type Upload } from './large-payloads.ts'
import { largestRecord, sizeOf } from './message-records.ts'

/**
 * Most bytes in one send: a send may put all of it into one partition, where a batch has the
 * topics' limit of 4 MiB.
 */
export const largestSend = largestRecord

/**
 * Puts uploads into the store, then the records on the log.
 *
 * @param deadline  on the clock of `performance.now()`
 * @param hold      told of the time from now until the records are queued, when uploads come first:
 *   what is to stay behind them waits for it
 * @throws NotDurable LOG_UNAVAILABLE or STORE_UNAVAILABLE if any of it may not be durable
 */
export const makeDurable = async (
  records: readonly Outgoing[],
  uploads: readonly Upload[],
  deadline: number,
  { commit, store }: { commit: GroupCommit<Outgoing>; store: Pick<ObjectStore, 'putNew'> },
  hold: (queued: Promise<unknown>) => void,
): Promise<void> => {
  const submit = () =>
    Promise.all(inSends(records).map((group) => commit.submit(group, sizeOf(group), deadline)))
  if (uploads.length === 0) return void (await submit())
  const queued = before(deadline, offload(store, uploads)).then(() => ({ durable: submit() }))
  hold(queued)
  await (await queued).durable
}

/**
 * Nearly always one group. The records of a very large message go in several sends, in order; all
 * must succeed.
 */
const inSends = (records: readonly Outgoing[]): (readonly Outgoing[])[] => {
  if (sizeOf(records) <= largestSend) return [records]
  const groups: Outgoing[][] = []
  let room = 0
  for (const record of records) {
    const size = sizeOf([record])
    if (size > room) {
      groups.push([])
      room = largestSend
    }
    groups.at(-1)?.push(record)
    room -= size
  }
  return groups
}

const before = async (deadline: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const give = () =>
      reject(new NotDurable('STORE_UNAVAILABLE', { cause: new Error('not durable in time') }))
    timer = setTimeout(give, Math.max(0, deadline - performance.now()))
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
