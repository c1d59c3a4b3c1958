import { type TopicName, topics } from '@tideway/schemas/topics'
import type { Admin, Kafka } from 'kafkajs'

/** The log as it was when it was looked at. */
export type LogEnds<T extends TopicName = TopicName> = {
  /** Id of the cluster. */
  log: string
  /** By topic and partition, the offset that the next record will have. */
  ends: Record<T, readonly number[]>
}

/** Longest time a look may take, milliseconds. */
const withinMs = 2_500

const orTooLate = async <R>(act: Promise<R>): Promise<R> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Kafka did not answer in ${withinMs} ms`)), withinMs)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
    act.catch(() => undefined)
  }
}

type Connection = { admin: Admin; log: string }

/**
 * Looks at the ends of topics over a connection of its own, which is made anew after a failure. A
 * record that was acknowledged before a look began has an offset before these ends.
 */
export const openLogEnds = <T extends TopicName>(client: () => Kafka, names: readonly T[]) => {
  let connection: Connection | null = null

  const connected = async (): Promise<Connection> => {
    if (connection !== null) return connection
    const admin = client().admin()
    try {
      await admin.connect()
      connection = { admin, log: (await admin.describeCluster()).clusterId }
      return connection
    } catch (cause) {
      void admin.disconnect().catch(() => undefined)
      throw cause
    }
  }

  const endsOf = async (admin: Admin, name: T): Promise<[T, readonly number[]]> => {
    const found = await admin.fetchTopicOffsets(topics[name].name)
    const ends: number[] = []
    for (const { partition, high } of found) ends[partition] = Number(high)
    return [name, ends]
  }

  const look = async (): Promise<LogEnds<T>> => {
    const { admin, log } = await connected()
    const ends = await Promise.all(names.map((name) => endsOf(admin, name)))
    return { log, ends: Object.fromEntries(ends) as Record<T, readonly number[]> }
  }

  const drop = (): void => {
    void connection?.admin.disconnect().catch(() => undefined)
    connection = null
  }

  return {
    /** @throws Error if Kafka does not answer within a few seconds */
    async look(): Promise<LogEnds<T>> {
      try {
        return await orTooLate(look())
      } catch (cause) {
        drop()
        throw cause
      }
    },
    close: drop,
  }
}
