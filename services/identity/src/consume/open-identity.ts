import { setTimeout as pause } from 'node:timers/promises'
import type { KafkaConnection } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { Mongo } from '@tideway/mongo/client'
import { followGeneration, onCurrent } from '@tideway/mongo/follow-generation'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import type { StoredPerson } from '@tideway/schemas/documents/identity'
import { identityMark } from '@tideway/schemas/documents/watermark'
import { topics } from '@tideway/schemas/topics'
import { candidateReader } from '../match/candidates.ts'
import type { IdentityMetrics } from '../metrics.ts'
import { headReader } from '../store/heads-store.ts'
import { identityStore } from '../store/store.ts'
import { considerer } from './consider.ts'
import { consume, consumedTopics, oneAtATime } from './consume.ts'
import { sweepHeads } from './sweep.ts'

export type OpenPorts = {
  mongo: Mongo
  kafka: KafkaConnection
  registry: Registry
  publish: (persons: readonly StoredPerson[]) => Promise<void>
  watermarks: Pick<WatermarkStore, 'note' | 'next' | 'save' | 'skipTo'>
  group: string
  gatherMs: number
  metrics: IdentityMetrics
  tracing: Tracing
  log: Log
  onCrash: (cause: unknown) => void
}

/** How often it looks for a new generation of the record, and counts open work items. */
const lookEveryMs = 2_000

const markOf = (topicName: string): string => {
  const topic = consumedTopics.find((one) => topics[one].name === topicName)
  if (topic === undefined) throw new RangeError('not a topic of this service')
  return identityMark(topic)
}

/** Makes up for what was interrupted, considers all patients if need be, then follows the log. */
export const openIdentity = (ports: OpenPorts) => {
  const { mongo, kafka, registry, publish, watermarks, metrics, tracing, log } = ports
  const store = identityStore(mongo)
  const { heads, keysAfter } = onCurrent(followGeneration(mongo, headReader), [
    'heads',
    'keysAfter',
  ])
  const consider = considerer({
    store,
    heads,
    candidates: candidateReader(store, (keys) => metrics.commonKeys.inc(keys)),
    publish,
    now: Date.now,
    onLostRace: () => metrics.lostRaces.inc(),
    onChanged: (patients) => metrics.changed.inc(patients),
    onEvaluated: ({ persons, opened, closed }) => {
      metrics.persons.inc(persons)
      metrics.opened.inc(opened)
      metrics.closed.inc(closed)
    },
  })
  const serially = oneAtATime()
  let isClosing = false
  let consumer: Awaited<ReturnType<KafkaConnection['consumer']>> | null = null

  const sweep = async (): Promise<void> => {
    const { current } = await mongo.generations.read()
    if ((await store.consideredGeneration()) === current) return
    // What was announced before the sweep is in the records that it reads.
    const ends = await kafka.endsOf('recordChanges')
    const patients = (keys: readonly string[]) => serially(() => consider.patients(keys))
    if (!(await sweepHeads({ patients }, { keysAfter }, () => isClosing, log))) return
    for (const [partition, { high }] of ends)
      watermarks.skipTo(identityMark('recordChanges'), partition, high)
    await watermarks.save()
    await store.setConsidered(current)
  }

  const look = async (): Promise<void> => {
    await sweep()
    for (const [kind, count] of await store.countOpen()) metrics.openItems.set({ kind }, count)
  }

  const run = async (): Promise<void> => {
    await consider.resume()
    await sweep()
    if (isClosing) return
    const apply = consume({ consider, serially, watermarks, tracing, metrics, log })
    consumer = await kafka.consumer({
      topics: consumedTopics,
      groupId: ports.group,
      registry,
      gatherMs: ports.gatherMs,
      positionOf: (topic, partition) => watermarks.next(markOf(topic), partition),
      beforeLeaving: watermarks.save,
      onBatch: apply,
      onCrash: ports.onCrash,
      onLag: (topic, partition, lag) =>
        metrics.lag.set({ topic, partition: String(partition) }, lag),
    })
    while (!isClosing) {
      await look().catch((cause: unknown) => log.warn({ cause }, 'not looked, retrying'))
      await pause(lookEveryMs, undefined, { ref: false })
    }
  }

  const running = run().catch((cause: unknown) => {
    if (!isClosing) ports.onCrash(cause)
  })

  return {
    ready: () => consumer?.joined() ?? false,
    close: async () => {
      isClosing = true
      await consumer?.close()
      await Promise.race([running, pause(lookEveryMs)])
    },
  }
}
