import { verdictText } from '@tideway/schemas/documents/epoch'
import { epochStore } from './epoch-store.ts'
import { EpochError, lookAtEpoch, watchEpoch } from './watch-epoch.ts'

/** What a consumer of patient events asks of its log. */
type OwnLog = {
  topicIds: () => Promise<Record<string, string>>
  committedOf: (group: string, topic: 'patientEvents') => Promise<ReadonlyMap<number, number>>
}

const lookEveryMs = 10_000

/**
 * Looks whether the database belongs to the log, for a consumer that writes it: now, before it
 * writes anything, and again and again.
 *
 * @param group      consumer group; one that has read nothing is at the beginning of its log
 * @param onForeign  stops the process
 * @returns ends looking
 */
export const requireOwnLog = async (
  mongo: Parameters<typeof epochStore>[0],
  kafka: OwnLog,
  group: string,
  onForeign: (cause: EpochError) => never,
): Promise<() => void> => {
  const looks = {
    log: async () => ({
      topics: await kafka.topicIds(),
      isEmpty: (await kafka.committedOf(group, 'patientEvents')).size === 0,
    }),
    database: epochStore(mongo).look,
  }
  const verdict = await lookAtEpoch(looks)
  if (verdict.state === 'no') onForeign(new EpochError(verdictText(verdict)))
  return watchEpoch(looks, lookEveryMs, onForeign)
}
