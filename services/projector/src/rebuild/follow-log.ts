import { setTimeout as pause } from 'node:timers/promises'
import type { KafkaConnection } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { Collections } from '@tideway/mongo/collections'
import { folds } from '../apply/apply-events.ts'
import { heldEventDecoder } from '../apply/arrival.ts'
import { cachedStore } from '../store/cached-store.ts'
import { projectorStore } from '../store/store.ts'
import { applyLog } from './apply-log.ts'
import { RebuildError } from './errors.ts'
import { givenUpStore } from './given-up-store.ts'
import {
  furthest,
  hasReached,
  type Offsets,
  type Progress,
  progressOf,
  targetsOf,
} from './progress.ts'
import { stalledText, stallWatch } from './stall.ts'

/** Milliseconds. One member alone: nobody waits for its partitions. */
const sessionTimeoutMs = 300_000
const partitionBytes = 8_388_608
/** The rebuild has its process to itself. */
const kept = { heads: 32_768, entriesBytes: 512_000_000 }
const lookEveryMs = 500

type FollowPorts = {
  kafka: KafkaConnection
  registry: Registry
  /** Collections of the new generation, and of the live one. */
  built: Collections
  live: Collections
  group: string
  liveGroup: string
  /** Where the watermarks of the live generation are, by partition. */
  marks: () => Promise<Offsets>
  /** Where any generation was, by partition: what is before it has been announced. */
  announced: Offsets
  rules: string
  signal: AbortSignal
  /** Offsets to begin from; kept up to date. */
  next: Map<number, number>
}

/**
 * Applies the log to a new generation, as far as the live generation is, and follows it.
 *
 * @returns once the log is being read
 */
export const followLog = async (ports: FollowPorts) => {
  const { kafka, registry, built, live, group, liveGroup, announced, marks, rules, signal, next } =
    ports
  const ends = await kafka.endsOf('patientEvents')
  const reached = async (): Promise<Offsets> =>
    furthest(announced, await kafka.committedOf(liveGroup, 'patientEvents'), await marks())
  let targets = targetsOf(ends, await reached())
  const through = new Map<number, number>()
  let isStopping = false
  let failure: unknown = null
  let applying = 0

  const apply = applyLog({
    store: cachedStore(projectorStore(built, rules), kept),
    folds,
    decode: heldEventDecoder(registry),
    until: (partition) => targets.get(partition) ?? 0,
    withoutGivenUp: await givenUpStore(live, live),
    isStopping: () => isStopping,
    onApplied: (partition, offset, time) => {
      next.set(partition, offset)
      through.set(partition, time)
    },
  })

  const consumer = await kafka.consumer({
    topics: ['patientEvents'],
    groupId: group,
    registry,
    commit: 'by-hand',
    gatherMs: 100,
    sessionTimeoutMs,
    partitionBytes,
    onBatch: async (_, batch) => {
      applying += 1
      try {
        return await apply(batch)
      } finally {
        applying -= 1
      }
    },
    onCrash: (cause) => {
      failure = cause
    },
  })
  /** Looks where the live generation is, unless it never read the log. */
  const look = async (): Promise<void> => {
    const committed = await reached()
    if (committed.size > 0) targets = targetsOf(await kafka.endsOf('patientEvents'), committed)
  }

  /**
   * Resolves when everything is applied that the live generation had so long ago: while events
   * arrive, what it has now is never reached.
   *
   * @throws RebuildError if nothing arrives although events are left
   */
  const reach = async (
    behindMs: number,
    onProgress: (progress: Progress) => void,
  ): Promise<void> => {
    const looks: { at: number; targets: Offsets }[] = []
    const hasStalled = stallWatch()
    const goesOn = ({ done }: Progress, at: number): void => {
      if (hasStalled(done, applying > 0, at)) throw new RebuildError(stalledText(targets, next))
    }
    for (;;) {
      signal.throwIfAborted()
      if (failure !== null) throw failure
      const at = performance.now()
      await look()
      const progress = progressOf(targets, next, ends)
      onProgress(progress)
      looks.push({ at, targets })
      while (looks[1] !== undefined && looks[1].at <= at - behindMs) looks.shift()
      if (hasReached(looks[0]?.targets ?? targets, next, ends)) return
      goesOn(progress, at)
      await pause(lookEveryMs)
    }
  }

  return {
    reach,
    /** Where the live generation was at the last look, and this one is once it has reached it. */
    targets: () => targets,
    /** Where it is, by partition, with the time of the last event if this run applied it. */
    reached: () =>
      [...targets].map(([partition, offset]) => ({
        partition,
        next: offset,
        through: through.get(partition) ?? null,
      })),
    close: async (): Promise<void> => {
      isStopping = true
      await consumer.close()
    },
  }
}
