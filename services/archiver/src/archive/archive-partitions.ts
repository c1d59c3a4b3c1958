import { setTimeout as pause } from 'node:timers/promises'
import { ArchiveFormatError } from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { Batch } from '@tideway/kafka/consumer'
import type { Log } from '@tideway/runtime/log'
import type { ObjectStore } from '@tideway/object-store/client'
import type { ArchiverMetrics } from '../metrics.ts'
import { ArchiveConflict, putTile } from './put-archive-object.ts'
import { type Entry, entriesAfter, takeTile } from './archive-object.ts'
import { untilDone } from '../retry-until-done.ts'

type RawBatch = Pick<
  Batch<'rawMessages'>,
  'partition' | 'generation' | 'isStale' | 'commit' | 'heartbeat'
>

type Ports = {
  store: Pick<ObjectStore, 'putNew' | 'get'>
  objects: {
    /** Last offset of the object that covers this one; null if none does. */
    coveredUntil: (partition: number, offset: number) => Promise<{ last: number | null }>
    add: (object: ArchiveObject) => Promise<object>
  }
  limits: { objectBytes: number; intervalMs: number }
  log: Log
  metrics: ArchiverMetrics
  /** The archive contradicts the log: somebody has to look. */
  onConflict: (cause: unknown) => void
}

/** One partition, for as long as the consumer group stays as it is. */
type Assigned = {
  batch: RawBatch
  entries: Entry[]
  bytes: number
  covered: number
  since: number
  flushing: Promise<void> | null
}

const checkEveryMs = 100
const beatEveryMs = 1_000

/**
 * Buffers what is read until a tile is large or old enough, then: object, `archive-objects`,
 * offset, in this order.
 *
 * A crash between any two of them repeats the last step and changes nothing: see `putTile`. When
 * the group joins again, reading starts anew at the committed offsets, so what was buffered before
 * is dropped. Offsets where every message is a duplicate get an object too, an empty one: were they
 * passed over, whoever lags behind would lay his tiles otherwise.
 */
export const archivePartitions = ({ store, objects, limits, log, metrics, onConflict }: Ports) => {
  const assigned = new Map<number, Assigned>()
  let closing = false

  const isCurrent = (state: Assigned) =>
    assigned.get(state.batch.partition) === state && !state.batch.isStale()
  const onFailure = (cause: unknown) => log.warn({ cause }, 'archive not reachable, trying again')
  const isFinal = (cause: unknown) =>
    cause instanceof ArchiveConflict || cause instanceof ArchiveFormatError

  const commit = async (state: Assigned, offset: number): Promise<boolean> => {
    try {
      return await state.batch.commit(offset)
    } catch (cause) {
      log.warn(
        { cause, partition: state.batch.partition },
        'offset not committed, the next commit covers it',
      )
      return false
    }
  }

  const drop = (state: Assigned, covered: number) => {
    state.entries = entriesAfter(state.entries, covered)
    state.covered = Math.max(state.covered, covered)
    state.bytes = state.entries.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** @returns false if nothing moved on */
  const archiveNext = async (state: Assigned): Promise<boolean> => {
    const tile = takeTile(state.batch.partition, state.entries, limits.objectBytes)
    const patience = { goOn: () => isCurrent(state), onFailure, isFinal }
    const timer = metrics.putLatency.startTimer()
    const put = await untilDone(() => putTile(store, tile, new Date()), patience)
    if (put === null || (await untilDone(() => objects.add(put.object), patience)) === null)
      return false
    timer()
    metrics.archived(put.object, put.adopted)
    drop(state, put.object.last)
    await commit(state, put.object.last)
    return true
  }

  const flushAll = async (state: Assigned): Promise<void> => {
    const upTo = state.entries.at(-1)?.offset ?? -1
    state.since = Date.now()
    while (isCurrent(state) && (state.entries[0]?.offset ?? Infinity) <= upTo)
      if (!(await archiveNext(state))) return
  }

  const flush = (state: Assigned): Promise<void> => {
    state.flushing ??= flushAll(state)
      .catch(onConflict)
      .finally(() => {
        state.flushing = null
      })
    return state.flushing
  }

  const stateFor = async (batch: RawBatch, first: number): Promise<Assigned | null> => {
    const known = assigned.get(batch.partition)
    if (known !== undefined && known.batch.generation === batch.generation) {
      known.batch = batch
      return known
    }
    const covering = await untilDone(() => objects.coveredUntil(batch.partition, first), {
      goOn: () => !batch.isStale(),
      onFailure,
      isFinal,
      between: batch.heartbeat,
    })
    if (covering === null || batch.isStale()) return null
    const state: Assigned = {
      batch,
      entries: [],
      bytes: 0,
      covered: covering.last ?? first - 1,
      since: Date.now(),
      flushing: null,
    }
    assigned.set(batch.partition, state)
    return state
  }

  const timer = setInterval(() => {
    const old = Date.now() - limits.intervalMs
    for (const state of assigned.values()) {
      if (state.batch.isStale()) assigned.delete(state.batch.partition)
      else if (state.entries.length > 0 && state.since <= old) void flush(state)
    }
  }, checkEveryMs)

  /** Memory is bounded: beyond two tiles, reading waits for the archive. */
  const waitForRoom = async (state: Assigned): Promise<void> => {
    while (state.bytes >= 2 * limits.objectBytes && isCurrent(state) && !closing) {
      const before = state.bytes
      await Promise.race([flush(state), pause(beatEveryMs, undefined, { ref: false })])
      if (state.bytes >= before) await pause(checkEveryMs)
      await state.batch.heartbeat()
    }
  }

  const buffer = (state: Assigned, entries: readonly Entry[]): void => {
    const added = entriesAfter(entries, Math.max(state.covered, state.entries.at(-1)?.offset ?? -1))
    if (state.entries.length === 0) state.since = Date.now()
    state.entries.push(...added)
    state.bytes += added.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  return {
    /**
     * Takes over what was read. Resolves late when the archive is behind, so that reading waits and
     * memory does not grow.
     */
    async take(batch: RawBatch, entries: readonly Entry[]): Promise<void> {
      const [first] = entries
      const last = entries.at(-1)
      if (first === undefined || last === undefined || closing) return
      const state = await stateFor(batch, first.offset)
      if (state === null) return
      buffer(state, entries)
      if (state.entries.length === 0) await commit(state, last.offset)
      if (state.bytes >= limits.objectBytes) void flush(state)
      await waitForRoom(state)
    },

    /** Messages read and not archived yet. */
    waiting: () => [...assigned.values()].reduce((sum, { entries }) => sum + entries.length, 0),

    /** Archives what is buffered. What is read after this is left to the next run. */
    async close(): Promise<void> {
      closing = true
      clearInterval(timer)
      await Promise.all(
        [...assigned.values()].map(async (state) => {
          await state.flushing
          await flush(state)
        }),
      )
    },
  }
}
