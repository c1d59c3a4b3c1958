import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import { archivePartitionOf } from '@tideway/schemas/documents/epoch'
import { topics } from '@tideway/schemas/topics'
import type { LedgerStore } from './ledger-store.ts'

/**
 * Watermarks of a ledger that an earlier release wrote: its archive objects show how much of the
 * log it has. Those that stand already are not moved by it, unless the objects cover more.
 *
 * @param log  which log it is; see `Epoch`
 * @param partitions  how many the topic has
 */
export const seedWatermarks = async (
  ledger: Pick<LedgerStore, 'coveredFromStart'>,
  watermarks: Pick<WatermarkStore, 'next' | 'note'>,
  log: number,
  partitions: number,
): Promise<void> => {
  const { name } = topics.rawMessages
  for (let partition = 0; partition < partitions; partition += 1) {
    if ((await watermarks.next(name, partition)) > 0) continue
    const covered = await ledger.coveredFromStart(archivePartitionOf(log, partition))
    if (covered !== null)
      watermarks.note(name, partition, {
        from: 0,
        next: covered.next,
        through: covered.at.getTime(),
      })
  }
}
