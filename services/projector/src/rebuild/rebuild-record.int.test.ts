import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { followGeneration } from '@tideway/mongo/follow-generation'
import { type WatermarkStore, watermarkStore } from '@tideway/mongo/watermark-store'
import { at, details, event, visit, ward } from '@tideway/record/entries/histories.fixture'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import type { PatientEvent, RecordChanged } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyBatch } from '../apply/apply.ts'
import { projectorMetrics } from '../consume/observe.ts'
import { followLive } from '../generation/follow-live.ts'
import { openGeneration } from '../generation/open-generation.ts'
import { arrivals, connectLog, portsFor, readable, twoStores } from '../stack.fixture.ts'
import type { Differences } from './compare-store.ts'
import { RebuildError } from './errors.ts'
import { rebuildRecord } from './rebuild-record.ts'

const run = randomUUID().slice(0, 8)
const group = `rebuild-${run}`
const rules = 'test-rules'
const stores = twoStores()
let line: Awaited<ReturnType<typeof connectLog>>
let live: Awaited<ReturnType<typeof followLive>>
let watermarks: WatermarkStore
const announced: string[] = []
const sent: PatientEvent[] = []
const closing: (() => Promise<unknown>)[] = []
const fail = (cause: unknown) => {
  throw cause
}

beforeAll(async () => {
  line = await connectLog()
  await line.kafka.startAtEnd(`${group}-reader`, ['recordChanges'])
  const { log, kafka, registry, publisher, announce } = line
  const { mongo } = stores.stack
  watermarks = watermarkStore(mongo, await kafka.logId())
  await kafka.startAtEnd(group, ['patientEvents'], watermarks.skipTo)
  await watermarks.save()
  const saving = setInterval(() => void watermarks.save(), 100)
  live = await followLive({
    generations: mongo.generations,
    open: (generation) =>
      openGeneration(generation, {
        ...{ mongo, kafka, registry, publisher, announce, watermarks, group, rules, log },
        onCrash: fail,
        gatherMs: 20,
        metrics: projectorMetrics(createMetrics()),
        tracing: startTracing('projector', null),
      }),
    log,
    lookEveryMs: 100,
    stoppedAfterMs: 10_000,
  })
  const reader = await kafka.consumer({
    topics: ['recordChanges'],
    groupId: `${group}-reader`,
    gatherMs: 20,
    registry,
    onBatch: async (_, { records }) => {
      for (const { value } of records) announced.push(...(value as RecordChanged).messages)
    },
    onCrash: fail,
  })
  closing.push(live.close, reader.close, publisher.close, async () => clearInterval(saving))
})
afterAll(async () => {
  for (const close of closing) await close()
})

const key = (patient: number) => `RJZ|${run}-${patient}`
const send = async (patient: number, round: number): Promise<void> => {
  const of = (body: PatientEvent['body'], part: number) => {
    const messageId = `${run}-${patient}-${round}-${part}`
    return event(body, round * 2 + part, {
      patientKey: key(patient),
      messageId,
      id: `${messageId}.0`,
    })
  }
  const events = [
    of(details({ sex: round % 2 === 0 ? 'MALE' : 'FEMALE' }), 0),
    of(visit('PatientAdmitted', at(1 + (round % 8)), { location: ward(`W${round}`) }), 1),
  ]
  sent.push(...events)
  await line.publisher.publish(events.map(line.outgoing))
}

const ports = (signal: AbortSignal) => ({
  mongo: stores.stack.mongo,
  kafka: line.kafka,
  registry: line.registry,
  announce: line.announce,
  watermarks,
  group,
  rules,
  signal,
})
const quiet = {
  begun: () => undefined,
  progress: () => undefined,
  compared: () => undefined,
  switched: () => undefined,
}
const running = () => new AbortController().signal

const liveCollections = async () =>
  stores.stack.mongo.inGeneration((await stores.stack.mongo.generations.read()).current)
const applied = async (): Promise<boolean> =>
  (await (
    await liveCollections()
  ).projections.countDocuments({
    _id: { $regex: `^${run}-` },
  })) === sent.length
const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await holds())) await pause(500)
}

/** The documents of this run as a reader sees them. */
const documents = async (collections: Parameters<typeof readable>[0]) => {
  const { heads, entries } = await readable(collections)
  const own = <T extends { _id: string }>(of: T[]) => of.filter(({ _id }) => _id.includes(run))
  const bare = <T>(of: T) => ({ ...of, rules: undefined })
  return { heads: own(heads).map(bare), entries: own(entries).map(bare) }
}

test('compares without switching, and names what differs by field', {
  timeout: 120_000,
}, async () => {
  for (let patient = 0; patient < 20; patient += 1) await send(patient, 0)
  await until(applied)
  const { mongo } = stores.stack
  await mongo.patients.updateOne({ _id: key(3) }, { $set: { birthDate: '1900-01-01' } })
  await mongo.entries.deleteOne({ patient: key(4) })
  let differences: Differences = new Map()
  await rebuildRecord(
    ports(running()),
    { ...quiet, compared: (found) => (differences = found) },
    { compare: true, graceMs: 0 },
  )
  expect(differences.get('patient')).toMatchObject({ same: 19, differing: 1, onlyBefore: 0 })
  expect([...(differences.get('patient')?.paths ?? [])]).toEqual([['birthDate', 1]])
  expect(differences.get('encounter')).toMatchObject({ same: 19 })
  expect(await mongo.generations.read()).toMatchObject({
    current: 1,
    building: { generation: 2, rules, phase: 'build' },
  })
})

test('an interrupted rebuild leaves the live generation as it is', {
  timeout: 120_000,
}, async () => {
  const stopping = new AbortController()
  stopping.abort(new RebuildError('stopped'))
  await expect(
    rebuildRecord(ports(stopping.signal), quiet, { compare: false, graceMs: 0 }),
  ).rejects.toThrow('stopped')
  expect((await stores.stack.mongo.generations.read()).current).toBe(1)
})

test('switches while messages arrive: readers always see a whole record, nothing is announced twice', {
  timeout: 180_000,
}, async () => {
  const { mongo } = stores.stack
  let isSending = true
  const sending = (async () => {
    for (let round = 1; isSending; round += 1)
      for (let patient = 0; patient < 20 && isSending; patient += 1) {
        await send(patient, round)
        await pause(50)
      }
  })()
  const current = followGeneration(mongo, (collections) => collections)
  const entriesSeen: number[] = []
  const reading = (async () => {
    while (isSending) {
      const collections = await current()
      entriesSeen.push(await collections.entries.countDocuments({ patient: key(1) }))
      await pause(250)
    }
  })()
  const generations: number[] = []
  await rebuildRecord(
    ports(running()),
    { ...quiet, switched: (generation) => generations.push(generation) },
    { compare: false, graceMs: 1_500 },
  )
  await pause(1_000)
  isSending = false
  await Promise.all([sending, reading])
  await until(applied)

  expect(generations).toEqual([2])
  expect(new Set(entriesSeen)).toEqual(new Set([1]))
  expect(await mongo.generations.read()).toMatchObject({ current: 2, rules, building: null })
  expect(await mongo.inGeneration(1).patients.countDocuments()).toBe(0)

  const whole = portsFor(stores.undisturbed.store)
  for (const own of Map.groupBy(sent, ({ patientKey }) => patientKey).values())
    await applyBatch(0, arrivals(own), false, whole)
  const rebuilt = mongo.inGeneration(2)
  expect(await documents({ ...mongo, ...rebuilt })).toEqual(
    await documents(stores.undisturbed.mongo),
  )
  expect(await rebuilt.patients.countDocuments({ _id: key(1), rules } as object)).toBe(1)

  const ids = sent.map(({ messageId }) => messageId)
  await until(() => {
    const seen = new Set(announced)
    return ids.every((id) => seen.has(id))
  })
  expect(announced.filter((id) => id.startsWith(run)).toSorted()).toEqual(ids.toSorted())
})
