import { type TopicName, topics } from '@tideway/schemas/topics'
import type { Kafka } from 'kafkajs'
import { adminOf } from './with-admin.ts'

/** First offset of a partition that is still there, and the next that will be written. */
export type Ends = { low: number; high: number }

/** States of a group without members. */
const withoutMembers = new Set(['Empty', 'Dead'])

/** What commands ask of topics and consumer groups, each over its own connection. */
export const groupAdmin = (kafka: Kafka) => {
  const withAdmin = adminOf(kafka)
  return {
    /** By partition. */
    endsOf: (name: TopicName): Promise<Map<number, Ends>> =>
      withAdmin(
        async (admin) =>
          new Map(
            (await admin.fetchTopicOffsets(topics[name].name)).map(({ partition, low, high }) => [
              partition,
              { low: Number(low), high: Number(high) },
            ]),
          ),
      ),

    /** The next offset a group will read, by partition; one it never committed is absent. */
    committedOf: (groupId: string, name: TopicName): Promise<Map<number, number>> =>
      withAdmin(async (admin) => {
        const found = await admin.fetchOffsets({ groupId, topics: [topics[name].name] })
        return new Map(
          found
            .flatMap(({ partitions }) => partitions)
            .map(({ partition, offset }): [number, number] => [partition, Number(offset)])
            .filter(([, offset]) => offset >= 0),
        )
      }),

    /** Groups with offsets, by name. */
    groupNames: (): Promise<string[]> =>
      withAdmin(async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId)),

    hasMembers: (groupId: string): Promise<boolean> =>
      withAdmin(async (admin) =>
        (await admin.describeGroups([groupId])).groups.some(
          ({ state }) => !withoutMembers.has(state),
        ),
      ),

    /** Sets where a group reads on, by partition. Only while it has no members. */
    placeGroup: (groupId: string, name: TopicName, at: ReadonlyMap<number, number>) =>
      withAdmin((admin) =>
        admin.setOffsets({
          groupId,
          topic: topics[name].name,
          partitions: [...at].map(([partition, offset]) => ({ partition, offset: String(offset) })),
        }),
      ),

    /** Deletes groups without members, with their offsets; one that is not there is left out. */
    deleteGroups: (groupIds: readonly string[]): Promise<void> =>
      withAdmin(async (admin) => {
        const existing = new Set((await admin.listGroups()).groups.map(({ groupId }) => groupId))
        const there = groupIds.filter((groupId) => existing.has(groupId))
        if (there.length > 0) await admin.deleteGroups(there)
      }),
  }
}
