import type { Publisher, KafkaConnection } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { Mongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import { topics } from '@tideway/schemas/topics'
import type { ApplyPorts } from '../apply/apply.ts'
import { folds } from '../apply/apply-events.ts'
import { heldEventDecoder } from '../apply/arrival.ts'
import { consume } from '../consume/consume.ts'
import type { ProjectorMetrics } from '../consume/observe.ts'
import { releaseHeld } from '../consume/publish.ts'
import { batchedStore } from '../store/batched-store.ts'
import { cachedStore } from '../store/cached-store.ts'
import { projectorStore } from '../store/store.ts'
import { checkRules } from './check-rules.ts'
import { consumerGroupOf } from './consumer-group.ts'

type OpenPorts = {
  mongo: Pick<Mongo, 'generations' | 'inGeneration'>
  kafka: KafkaConnection
  registry: Registry
  publisher: Publisher
  announce: ApplyPorts['publish']
  watermarks: Pick<WatermarkStore, 'note' | 'next' | 'save'>
  /** Consumer group of the first generation. */
  group: string
  rules: string
  gatherMs: number
  metrics: ProjectorMetrics
  tracing: Tracing
  log: Log
  onCrash: (cause: unknown) => void
}

/** Projects the log into one generation of the record. */
export const openGeneration = async (generation: number, ports: OpenPorts) => {
  const { mongo, kafka, registry, publisher, announce, rules, watermarks, metrics, tracing, log } =
    ports
  const { generations } = mongo
  const collections = mongo.inGeneration(generation)
  await ensureIndexes(collections)
  const madeByOthers = await checkRules({ ...collections, generations }, rules)
  metrics.otherRules.set(madeByOthers ? 1 : 0)
  if (madeByOthers) log.warn({ rules }, 'the documents were made by other rules: npm run rebuild')
  const store = cachedStore(projectorStore(collections, rules))

  // A newer release may be able to apply held events: every start retries them, whichever process
  // reads the partition.
  const heldPatients = await store.heldPatients()
  metrics.held.set(heldPatients.length)
  await releaseHeld(heldPatients, publisher, registry, Date.now() * 1000)

  const apply = consume(
    {
      store: batchedStore(store),
      folds,
      decode: heldEventDecoder(registry),
      publish: announce,
      now: Date.now,
      onLostRaces: (count: number) => metrics.lostRaces.inc(count),
      reached: (partition, records) =>
        watermarks.note(topics.patientEvents.name, partition, records),
    },
    store.clear,
    tracing,
    metrics,
    log,
  )
  return kafka.consumer({
    topics: ['patientEvents'],
    groupId: consumerGroupOf(ports.group, generation),
    registry,
    gatherMs: ports.gatherMs,
    positionOf: watermarks.next,
    beforeLeaving: watermarks.save,
    onBatch: (_, batch) => apply(batch),
    onCrash: ports.onCrash,
    onLag: (_, partition, lag) => metrics.lag.set({ partition: String(partition) }, lag),
  })
}
