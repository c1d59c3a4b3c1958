import type { ConsumerBatch } from '@tideway/kafka/consumer'
import type { Later } from '@tideway/kafka/read-later'
import { type ApplyPorts, applyBatch } from '../apply/apply.ts'
import type { Arrival } from '../apply/arrival.ts'
import { arrivalOf } from '../consume/consume.ts'

/**
 * Records applied at once: many more than live, so that a document with many events is written
 * once for all of them.
 */
const batchRecords = 4_000

type ApplyLogPorts = Pick<ApplyPorts, 'store' | 'folds' | 'decode'> & {
  /** The first offset of a partition that is not to be applied now; it may grow. */
  until: (partition: number) => number
  /** Of these, those that the live record does not have because an operator gave them up. */
  withoutGivenUp: (arrivals: readonly Arrival[]) => Promise<Arrival[]>
  isStopping: () => boolean
  /** `next` is the next offset to apply; `through`: time of the last one, milliseconds. */
  onApplied: (partition: number, next: number, through: number) => void
}

/**
 * Applies the log to a new generation, up to the offsets given, and publishes nothing: no change of
 * a record, no alarm. Times in documents are those of the log, not of the rebuild.
 *
 * @returns the consumer's batch handler, which commits itself, and leaves what is not to be applied
 *   now for later
 */
export const applyLog = ({
  until,
  withoutGivenUp,
  isStopping,
  onApplied,
  ...applying
}: ApplyLogPorts) => {
  const applyPart = async (
    partition: number,
    part: ConsumerBatch<'patientEvents'>['records'],
  ): Promise<void> => {
    const writtenAt = part.at(-1)?.timestamp ?? 0
    await applyBatch(partition, await withoutGivenUp(part.map(arrivalOf)), false, {
      ...applying,
      publish: async () => undefined,
      now: () => writtenAt,
      onLostRaces: () => undefined,
    })
  }

  return async ({
    partition,
    records,
    isStale,
    commit,
  }: ConsumerBatch<'patientEvents'>): Promise<Later | undefined> => {
    let left = records
    while (left.length > 0 && !isStopping() && !isStale()) {
      const end = until(partition)
      const part = left.filter(({ offset }) => offset < end).slice(0, batchRecords)
      const last = part.at(-1)
      if (last === undefined) {
        const from = left[0]?.offset ?? 0
        return { from, isTime: () => until(partition) > from }
      }
      await applyPart(partition, part)
      if (!(await commit(last.offset))) return undefined
      onApplied(partition, last.offset + 1, last.timestamp)
      left = left.slice(part.length)
    }
    return undefined
  }
}
