import { randomUUID } from 'node:crypto'
import type { KafkaConnection } from '@tideway/kafka/client'
import type { Collections } from '@tideway/mongo/collections'
import { epochStore } from '@tideway/mongo/epoch-store'
import { EpochError, type EpochLooks, lookAtEpoch } from '@tideway/mongo/watch-epoch'
import type { ObjectStore } from '@tideway/object-store/client'
import { epochObject } from '@tideway/object-store/epoch-object'
import { archivePartitionOf, type Epoch, verdictText } from '@tideway/schemas/documents/epoch'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import { topics } from '@tideway/schemas/topics'
import { reachedStore } from './reached-store.ts'

export type EpochPorts = {
  kafka: Pick<KafkaConnection, 'topicIds' | 'endsOf' | 'committedOf'>
  collections: Collections
  store: Pick<ObjectStore, 'get' | 'list' | 'put' | 'putNew' | 'has'>
  /** Consumer group of the archiver. */
  group: string
}

/** One partition of `raw-messages.v1`: its end, what the archiver committed, its last object. */
type Place = {
  partition: number
  end: number
  committed: number | null
  last: ArchiveObject | null
}

const raw = topics.rawMessages.name

/** The epoch of log, database and object store, for who writes to all three. */
export const openEpoch = ({ kafka, collections, store, group }: EpochPorts) => {
  const inDatabase = epochStore(collections)
  const inBucket = epochObject(store)
  const objects = reachedStore(collections)

  /**
   * In this order: the index is ahead of what is committed, and the log ahead of the index, also
   * while they are looked at.
   */
  const placesIn = async (log: number): Promise<Place[]> => {
    const committed = await kafka.committedOf(group, 'rawMessages')
    const partitions = (await kafka.endsOf('rawMessages')).size
    const last = await Promise.all(
      Array.from({ length: partitions }, (_, partition) =>
        objects.last(archivePartitionOf(log, partition)),
      ),
    )
    const ends = await kafka.endsOf('rawMessages')
    return last.map((object, partition) => ({
      partition,
      end: ends.get(partition)?.high ?? 0,
      committed: committed.get(partition) ?? null,
      last: object,
    }))
  }

  const looks: EpochLooks = {
    log: async () => {
      const places = await placesIn(1)
      return {
        topics: await kafka.topicIds(),
        isEmpty: places.every(({ end, committed }) => end === 0 || committed === null),
      }
    },
    database: inDatabase.look,
    bucket: inBucket.look,
    reached: async () =>
      (await placesIn((await inDatabase.read())?.log ?? 1)).map(({ partition, end, last }) => ({
        topic: raw,
        partition,
        next: last === null ? 0 : last.last + 1,
        end,
      })),
    handled: async () => {
      const epoch = await inDatabase.read()
      return (await placesIn(epoch?.log ?? 1)).map(({ partition, committed, last }) => ({
        topic: raw,
        partition,
        committed: committed ?? 0,
        shown: Math.max(last === null ? 0 : last.last + 1, epoch?.from[partition] ?? 0),
      }))
    },
  }

  const writeBoth = async (epoch: Epoch): Promise<Epoch> => {
    await inDatabase.write(epoch)
    await inBucket.write(epoch)
    return epoch
  }

  /** An epoch of the log as it is now. */
  const made = async (log: number): Promise<Epoch> => ({
    id: randomUUID(),
    log,
    topics: await kafka.topicIds(),
    from: Object.fromEntries(
      [...(await kafka.committedOf(group, 'rawMessages'))].map(([partition, offset]) => [
        String(partition),
        offset,
      ]),
    ),
    madeAt: new Date().toISOString(),
  })

  /** Notes topics that a later release added. */
  const extended = async (epoch: Epoch): Promise<Epoch> => {
    const now = await kafka.topicIds()
    const isWhole = Object.keys(now).every((name) => Object.hasOwn(epoch.topics, name))
    return isWhole ? epoch : writeBoth({ ...epoch, topics: { ...now, ...epoch.topics } })
  }

  return {
    looks,
    inDatabase,
    inBucket,
    made,
    writeBoth,

    /**
     * The epoch, which is made if all three are empty.
     *
     * @throws EpochError if they do not belong together, or it is not known
     */
    async settle(): Promise<Epoch> {
      const verdict = await lookAtEpoch(looks)
      if (verdict.state === 'yes') return extended(verdict.epoch)
      if (verdict.state !== 'new') throw new EpochError(verdictText(verdict))
      const epoch = (await inBucket.read()) ?? (await made(1))
      return inBucket.writeNew(await inDatabase.writeNew(epoch))
    },

    /**
     * What speaks against an installation without an epoch being one: of each partition, the last
     * object of the index must be in the bucket, and the archiver must have committed within or
     * just behind it, which Kafka forgets when a topic is deleted.
     */
    async doubts(): Promise<string[]> {
      const places = await placesIn(1)
      const isUnknown =
        places.every(({ last }) => last === null) && !(await inBucket.look()).isEmpty
      const found = await Promise.all(
        places.map(async ({ partition, end, committed, last }) => {
          const where = `partition ${partition}`
          if (last !== null && !(await store.has(last._id)))
            return [`${where}: the object store does not have the last object of the index`]
          const [least, most] = last === null ? [0, 0] : [last.first, last.last + 1]
          const at = committed ?? (last === null ? 0 : -1)
          return at >= least && at <= most && most <= end
            ? []
            : [`${where}: the archiver has not committed where the index of the archive ends`]
        }),
      )
      return [
        ...(isUnknown ? ['the object store has objects that the database does not know'] : []),
        ...found.flat(),
      ]
    },

    /** Takes log, database and object store as they are for one installation. */
    adopt: async (): Promise<Epoch> => writeBoth(await made(1)),
  }
}

export type EpochOf = ReturnType<typeof openEpoch>
