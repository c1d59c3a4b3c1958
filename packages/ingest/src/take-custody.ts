import type { GroupCommit } from './group-commit.ts'
import type { Outgoing } from '@tideway/kafka/client'
import { NotDurableError } from './not-durable-error.ts'
import type { ObjectStore } from '@tideway/object-store/client'
import { putPayloads, type Upload } from './large-payloads.ts'
import { maxRecordBytes, sizeOf } from './message-records.ts'

/**
 * Limit of one produce request, bytes: all of it may go to one partition, where a batch has the
 * topics' limit of 4 MiB.
 */
export const maxSendBytes = maxRecordBytes

/**
 * Makes a message durable: puts its uploads, then writes its records to the log.
 *
 * @param deadline  on the clock of `performance.now()`
 * @param hold      called if there are uploads, with a promise that resolves when the records are
 *   queued: messages that must follow this one wait for it
 * @throws NotDurableError LOG_UNAVAILABLE or STORE_UNAVAILABLE if any part may not be durable
 */
export const takeCustody = async (
  records: readonly Outgoing[],
  uploads: readonly Upload[],
  deadline: number,
  { commit, store }: { commit: GroupCommit<Outgoing>; store: Pick<ObjectStore, 'putNew'> },
  hold: (queued: Promise<unknown>) => void,
): Promise<void> => {
  const submit = () =>
    Promise.all(
      splitIntoSends(records).map((group) => commit.submit(group, sizeOf(group), deadline)),
    )
  if (uploads.length === 0) return void (await submit())
  const queued = withDeadline(deadline, putPayloads(store, uploads)).then(() => ({
    durable: submit(),
  }))
  hold(queued)
  await (await queued).durable
}

/**
 * Splits the records of a very large message into several produce requests, in order, all of which
 * must succeed. Nearly always there is only one.
 */
const splitIntoSends = (records: readonly Outgoing[]): (readonly Outgoing[])[] => {
  if (sizeOf(records) <= maxSendBytes) return [records]
  const groups: Outgoing[][] = []
  let room = 0
  for (const record of records) {
    const size = sizeOf([record])
    if (size > room) {
      groups.push([])
      room = maxSendBytes
    }
    groups.at(-1)?.push(record)
    room -= size
  }
  return groups
}

const withDeadline = async (deadline: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const expire = () =>
      reject(new NotDurableError('STORE_UNAVAILABLE', { cause: new Error('not durable in time') }))
    timer = setTimeout(expire, Math.max(0, deadline - performance.now()))
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
