import { setTimeout as wait } from 'node:timers/promises'
import type { EachBatchPayload } from 'kafkajs'

/** What a batch leaves: records from an offset on, to be delivered again once it is time. */
export type Later = { from: number; isTime: () => boolean }

const lookEveryMs = 100

/**
 * Reads a partition on from `later.from` once it is time, and the others meanwhile: kafkajs fetches
 * nothing more from a broker until every batch of its last answer is handled, so a batch that
 * waited would stop partitions it has nothing to do with.
 *
 * @param isOver  true when the partition is to be read from elsewhere, or no more
 */
export const readLater = (
  { resolveOffset, pause }: Pick<EachBatchPayload, 'resolveOffset' | 'pause'>,
  { from, isTime }: Later,
  isOver: () => boolean,
): void => {
  resolveOffset(String(from - 1))
  const resume = pause()
  const look = async (): Promise<void> => {
    while (!isTime() && !isOver()) await wait(lookEveryMs, undefined, { ref: false })
    resume()
  }
  void look()
}
