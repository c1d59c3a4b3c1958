import type { KafkaConnection } from '@tideway/kafka/client'
import type { Collections } from '@tideway/mongo/collections'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import { EpochError } from '@tideway/mongo/watch-epoch'
import type { ObjectStore } from '@tideway/object-store/client'
import { archivePartitionOf, type Epoch } from '@tideway/schemas/documents/epoch'
import { topics } from '@tideway/schemas/topics'
import type { EpochOf } from '../epoch/open-epoch.ts'
import {
  type LedgerRebuildPorts,
  type LedgerTally,
  rebuildLedger,
} from '../rebuild/rebuild-ledger.ts'
import { objectsStore } from './objects-store.ts'
import { type LostRange, readAgain } from './read-again.ts'

export type RestorePorts = {
  epoch: EpochOf
  collections: Collections
  store: ObjectStore
  kafka: KafkaConnection
  watermarks: Pick<WatermarkStore, 'next' | 'place'>
  /** Consumer group of the archiver. */
  group: string
  log: LedgerRebuildPorts['log']
}

/** Watermarks at these offsets, without the time of what is before them. */
export const withoutTimes = (at: ReadonlyMap<number, number>) =>
  [...at].map(([partition, next]) => ({ partition, next, through: null }))

/** Messages that neither the archive nor the log has, by partition. */
export type Lost = LostRange & { partition: number }

/** @throws EpochError if the archiver runs */
export const requireStopped = async ({
  kafka,
  group,
}: Pick<RestorePorts, 'kafka' | 'group'>): Promise<void> => {
  if (await kafka.hasMembers(group))
    throw new EpochError(`The consumer group ${group} has members: stop the archiver first`)
}

/**
 * Makes the archiver read again what the log still has and no object covers.
 *
 * @returns what the log no longer has, and the epoch, in which the archive begins behind that
 */
export const archiveAgain = async (
  { collections, kafka, group, watermarks }: RestorePorts,
  epoch: Epoch,
): Promise<{ lost: Lost[]; epoch: Epoch }> => {
  const committed = await kafka.committedOf(group, 'rawMessages')
  const ends = await kafka.endsOf('rawMessages')
  const objects = objectsStore(collections)
  const at = new Map<number, number>()
  const lost: Lost[] = []
  const from = { ...epoch.from }
  for (const [partition, { low, high }] of ends) {
    const own = await objects.of(archivePartitionOf(epoch.log, partition))
    const begin = from[partition] ?? 0
    const found = readAgain(own, {
      ...{ from: begin, low },
      committed: committed.get(partition) ?? high,
    })
    const next = Math.min(found.at, high)
    at.set(partition, next)
    lost.push(...found.lost.map((range) => ({ ...range, partition })))
    if (own.every(({ last }) => last + 1 < next)) from[partition] = Math.max(begin, next)
  }
  await kafka.placeGroup(group, 'rawMessages', at)
  // The ledger has what the archive has, whatever the watermarks of an older database say.
  await watermarks.place(topics.rawMessages.name, withoutTimes(at))
  return { lost, epoch: { ...epoch, from } }
}

/**
 * After the loss of the bucket, or of objects in it, and after its backup was copied back: the
 * index follows what is there, and the archiver reads again what the log still has.
 */
export const restoreBucket = async (
  ports: RestorePorts,
  onProgress: (tally: Readonly<LedgerTally>) => void,
): Promise<{ tally: LedgerTally; lost: Lost[] }> => {
  const { epoch, store, collections, log } = ports
  await requireStopped(ports)
  const known = await epoch.inDatabase.read()
  if (known === null)
    throw new EpochError('The database has no epoch either: npm run restore -- all --from FOLDER')
  const now = await ports.kafka.topicIds()
  if (known.topics[topics.rawMessages.name] !== now[topics.rawMessages.name])
    throw new EpochError('The log was made anew too: npm run restore -- log')
  await store.ensureBucket()
  await epoch.inBucket.write(known)
  const tally = await rebuildLedger({ store, collections, log }, onProgress)
  const { lost, epoch: mended } = await archiveAgain(ports, known)
  await epoch.writeBoth(mended)
  return { tally, lost }
}
