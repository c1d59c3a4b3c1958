import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { archivePartitions } from './archive-partitions.ts'
import { archiverMetrics } from '../metrics.ts'
import { ArchiveConflict } from './put-archive-object.ts'
import type { LogEntry } from './archive-object.ts'

const message = (offset: number): MessageReceived => ({
  id: `id-${offset}`,
  source: 'X99',
  bytes: Buffer.from(`m${offset}`),
  payload: null,
  connection: 'test',
  receivedAt: offset * 1000,
  sentAt: null,
  controlId: null,
  type: null,
  characterSet: null,
  answered: 'AA',
  problem: null,
  parked: false,
  patientKeys: [],
  events: 0,
  unused: [],
  submission: null,
})

/** State that outlives a process: the stores and the committed offset of the log. */
type World = {
  log: LogEntry[]
  store: Map<string, Buffer>
  index: Map<string, ArchiveObject>
  committed: number
  owner: number
}

const world = (isNew: readonly boolean[]): World => ({
  log: isNew.map((fresh, offset) => ({
    offset,
    durableAt: 1_795_000_000_000 + offset,
    message: fresh ? message(offset) : null,
    bytes: 100,
  })),
  store: new Map(),
  index: new Map(),
  committed: 0,
  owner: 0,
})

/**
 * One process: it dies at its nth act, before or after the act took effect, and reads `batch`
 * records at once.
 */
type Life = {
  diesAt: number
  after: boolean
  batch: number
  objectRecords: number
  stopsAfter: number
}

const startProcess = (of: World, id: number, life: Life) => {
  let acts = 0
  let dead = false
  const act = async <R>(effect: () => R): Promise<R> => {
    await Promise.resolve()
    acts += 1
    const dies = acts === life.diesAt
    if (dead || (dies && !life.after)) dead = true
    if (dead) throw new ArchiveConflict('killed')
    const result = effect()
    if (!dies) return result
    dead = true
    throw new ArchiveConflict('killed')
  }
  const archive = archivePartitions({
    store: {
      putNew: (key, body) =>
        act(() => (of.store.has(key) ? false : of.store.set(key, body) && true)),
      get: (key) => act(() => of.store.get(key) ?? null),
    },
    objects: {
      coveredUntil: (_, offset) =>
        act(() => ({
          last:
            [...of.index.values()].find(({ first, last }) => first <= offset && last >= offset)
              ?.last ?? null,
        })),
      add: (object) => act(() => of.index.set(object._id, object)),
    },
    limits: { objectBytes: life.objectRecords * 100, intervalMs: 60_000 },
    log: createLog('test', 'fatal' as 'error'),
    metrics: archiverMetrics(createMetrics(), () => 0),
    onConflict: (cause) => {
      if (!dead) throw cause
    },
  })
  const batch = {
    partition: 0,
    generation: id,
    isStale: () => dead,
    heartbeat: async () => undefined,
    commit: (offset: number) =>
      act(() => {
        if (of.owner === id) of.committed = offset + 1
        return of.owner === id
      }),
  }
  let position = of.committed
  const readOn = async (upTo: number) => {
    while (position < upTo && !dead) {
      const entries = of.log.slice(position, Math.min(position + life.batch, upTo))
      await archive.take(batch, entries).catch(() => undefined)
      position += entries.length
    }
  }
  return { readOn, close: () => archive.close() }
}

const archived = async (of: World): Promise<ArchivedMessage[]> =>
  (
    await Promise.all(
      [...of.store.values()].map(async (body) => (await decodeObject(body)).messages),
    )
  ).flat()

const aLife = fc.record({
  diesAt: fc.integer({ min: 1, max: 14 }),
  after: fc.boolean(),
  batch: fc.integer({ min: 1, max: 7 }),
  objectRecords: fc.integer({ min: 1, max: 9 }),
  stopsAfter: fc.integer({ min: 0, max: 40 }),
})
const immortal: Life = {
  diesAt: Infinity,
  after: false,
  batch: 5,
  objectRecords: 6,
  stopsAfter: Infinity,
}

test('each message is archived once, whenever a process dies or keeps writing after losing the partition', {
  timeout: 60_000,
}, async () => {
  const aLog = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(aLog, fc.array(aLife, { maxLength: 5 }), async (isNew, lives) => {
      const of = world(isNew)
      const zombies: { readOn: (upTo: number) => Promise<void>; close: () => Promise<void> }[] = []
      for (const [index, life] of lives.entries()) {
        of.owner = index + 1
        const one = startProcess(of, of.owner, life)
        await one.readOn(Math.min(isNew.length, life.stopsAfter))
        zombies.push(one)
      }
      of.owner = lives.length + 1
      const last = startProcess(of, of.owner, immortal)
      await Promise.all([
        ...zombies.map((one) => one.readOn(isNew.length)),
        last.readOn(isNew.length),
      ])
      await Promise.all([...zombies.map((one) => one.close()), last.close()])

      const expected = of.log.filter((entry) => entry.message !== null).map(({ offset }) => offset)
      const records = (await archived(of)).map(({ offset }) => offset).toSorted((a, b) => a - b)
      expect(records).toEqual(expected)
      expect([...of.index.keys()].toSorted()).toEqual([...of.store.keys()].toSorted())
      expect(of.committed).toBe(isNew.length)
    }),
    { numRuns: 60 },
  )
})

test('an archive that contradicts the log stops the service', async () => {
  const of = world([true])
  const first = startProcess(of, 0, immortal)
  await first.readOn(1)
  await first.close()
  of.committed = 0
  of.index.clear()
  of.log = of.log.map((entry) => ({ ...entry, message: { ...message(0), id: 'another' } }))
  const again = startProcess(of, 0, immortal)
  await again.readOn(1)
  await expect(again.close()).rejects.toThrow(ArchiveConflict)
})
