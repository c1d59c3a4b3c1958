import type { Document } from '@tideway/schemas/documents/entry'
import {
  type AllergyReported,
  type DocumentReported,
  type PatientEvent,
  unsaid,
} from '@tideway/schemas/events.generated'
import { serialize } from 'bson'
import { expect, test } from 'vitest'
import type { Announcement } from './announce.ts'
import { applyBatch, type Ports } from './apply.ts'
import { type Folds, folds } from './apply-events.ts'
import { gatheringStore } from '../store/batched-store.ts'
import {
  at,
  coded,
  event,
  observation,
  result,
  visit,
  ward,
} from '@tideway/record/entries/histories.fixture'
import { mixed } from '@tideway/record/entries/random-histories.fixture'
import { rememberingStore } from '../store/cached-store.ts'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'

const stores = twoStores()

/**
 * The ports as they are, but the step of this number fails instead of running, as if the process
 * were killed before it.
 */
const stoppedBefore = (step: number, ports: Ports): Ports => {
  let steps = 0
  const guarded =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      steps += 1
      if (steps === step) throw new Error('killed')
      return run(...args)
    }
  const { store } = ports
  return {
    ...ports,
    publish: guarded(ports.publish),
    store: {
      ...store,
      hold: guarded(store.hold),
      saveEntries: guarded(store.saveEntries),
      saveHeads: guarded(store.saveHeads),
      saveProjections: guarded(store.saveProjections),
      unhold: guarded(store.unhold),
    },
  }
}
const steps = ['hold', 'saveEntries', 'saveHeads', 'saveProjections', 'publish', 'unhold', 'commit']

test.each(steps.map((name, index) => [name, index + 1] as const))(
  'killed before %s, the same batch again ends as if nothing had happened, and everything was told',
  async (name, step) => {
    const batch = arrivals(mixed(4, step))
    const told: Announcement[] = []
    const publish = async (announcements: readonly Announcement[]) =>
      void told.push(...announcements)
    const killed = applyBatch(
      0,
      batch,
      true,
      stoppedBefore(step, portsFor(stores.stack.store, { publish })),
    )
    if (name === 'commit') await killed
    else await expect(killed).rejects.toThrow('killed')
    const smaller = Math.ceil(batch.length / 2)
    for (const part of [batch.slice(0, smaller), batch.slice(smaller)])
      await applyBatch(0, part, true, portsFor(stores.stack.store, { publish }))
    await applyBatch(0, batch, true, portsFor(stores.undisturbed.store))

    const expected = await readable(stores.undisturbed.mongo)
    const patients = new Set(batch.map(({ patient }) => patient))
    const seen = await readable(stores.stack.mongo)
    expect(seen.heads.filter(({ _id }) => patients.has(_id))).toEqual(
      expected.heads.filter(({ _id }) => patients.has(_id)),
    )
    expect(seen.entries.filter(({ patient }) => patients.has(patient))).toEqual(
      expected.entries.filter(({ patient }) => patients.has(patient)),
    )
    expect(new Set(told.flatMap(({ change }) => change?.messages ?? []))).toEqual(
      new Set(batch.map(({ messageId }) => messageId)),
    )
  },
)

test('a batch again, from the log or from the sender, writes nothing', async () => {
  const events = mixed(3, 50)
  await applyBatch(0, arrivals(events), false, portsFor(stores.stack.store))
  const writes: number[] = []
  const counting =
    <T>(save: (documents: readonly T[]) => Promise<unknown>) =>
    (documents: readonly T[]) => {
      writes.push(documents.length)
      return save(documents) as never
    }
  const { store } = stores.stack
  const again = events.map((each) => ({ ...each, receivedAt: each.receivedAt + 60_000_000 }))
  await applyBatch(
    0,
    arrivals(again, 100),
    false,
    portsFor({
      ...store,
      saveEntries: counting(store.saveEntries),
      saveHeads: counting(store.saveHeads),
      saveProjections: counting(store.saveProjections),
    }),
  )
  expect(writes).toEqual([0, 0, 0])
})

test.each(steps.map((name, index) => [name, index + 1] as const))(
  'killed before %s while events are held and then released, it ends as if they had never been held',
  async (name, step) => {
    const key = `RJZ|held-${step}`
    const told = [
      visit('PatientAdmitted', at(1), { location: ward('A') }),
      visit('PatientTransferred', at(2), { location: ward('B') }),
      visit('PatientDischarged', at(3)),
    ]
    const events = told.map((body, index) =>
      event(body, index, { patientKey: key, messageId: `held-${step}-${index}` }),
    )
    const release = {
      ...event(
        { type: 'HeldEventsReleased', by: 'operator', droppedMessage: null, reason: null },
        9,
        { patientKey: key },
      ),
      messageId: 'release',
      id: 'release.0',
    }
    const known = new Map(events.map((each) => [each.messageId, each]))
    const asRecords = (of: readonly PatientEvent[], from: number) =>
      arrivals(of, from).map((arrival) => ({ ...arrival, record: Buffer.from(arrival.messageId) }))
    const broken: Folds = {
      ...folds,
      head: (before, of) => {
        if (of.messageId.endsWith('-1')) throw new TypeError('a defect')
        return folds.head(before, of)
      },
    }
    const parked: string[] = []
    const ports = portsFor(stores.stack.store, {
      decode: async (record) => known.get(record.toString()) ?? null,
      publish: async (announcements) =>
        void parked.push(
          ...announcements.flatMap((each) =>
            each.parked.map(({ messageId, state }) => `${messageId} ${state}`),
          ),
        ),
    })
    const killedThenAgain = async (batch: ReturnType<typeof arrivals>, using: Ports) => {
      const killed = applyBatch(0, batch, true, stoppedBefore(step, using))
      if (name === 'commit') await killed
      else await expect(killed).rejects.toThrow('killed')
      await applyBatch(0, batch, true, using)
    }
    await killedThenAgain(asRecords(events, 0), { ...ports, folds: broken })
    expect((await stores.stack.mongo.patients.findOne({ _id: key }))?.incomplete?.code).toBe(
      'UNEXPECTED',
    )
    expect(await stores.stack.mongo.held.countDocuments({ patient: key })).toBe(2)
    await killedThenAgain(asRecords([release], 3), ports)

    await applyBatch(0, arrivals(events), false, portsFor(stores.undisturbed.store))
    const of = ({ heads, entries }: Awaited<ReturnType<typeof readable>>) => [
      heads.filter(({ _id }) => _id === key),
      entries.filter(({ patient }) => patient === key),
    ]
    expect(of(await readable(stores.stack.mongo))).toEqual(
      of(await readable(stores.undisturbed.mongo)),
    )
    expect(await stores.stack.mongo.held.countDocuments({ patient: key })).toBe(0)
    expect(new Set(parked)).toEqual(
      new Set(
        [1, 2].flatMap((index) => [
          `held-${step}-${index} PARKED`,
          `held-${step}-${index} RELEASED`,
        ]),
      ),
    )
  },
)

test('a document the store refuses holds its patient, and the others of the batch go on', async () => {
  const huge = Array.from({ length: 5 }, (_, index) =>
    observation('F', 'x'.repeat(4_000_000), { key: `K${index}`, place: `OBX[${index + 1}]` }),
  )
  const told = (patientKey: string, body: PatientEvent['body'], sent: number) =>
    event(body, sent, { patientKey, messageId: `${patientKey}-${sent}` })
  const batch = [
    told('RJZ|huge', visit('PatientAdmitted', at(1)), 1),
    told('RJZ|huge', result(huge), 2),
    told('RJZ|modest', visit('PatientAdmitted', at(1)), 1),
  ]
  await applyBatch(0, arrivals(batch), false, portsFor(stores.stack.store))
  expect((await stores.stack.mongo.patients.findOne({ _id: 'RJZ|huge' }))?.incomplete?.code).toBe(
    'UNEXPECTED',
  )
  expect(await stores.stack.mongo.held.countDocuments({ patient: 'RJZ|huge' })).toBe(2)
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|modest' }))?.encounters,
  ).toHaveLength(1)
})

test('a document that came before follows the one it takes the place of, and is told of', async () => {
  const told = (body: Partial<DocumentReported> & { documentId: string }, sent: number) =>
    event({ ...unsaid.DocumentReported(), ...body }, sent, {
      patientKey: 'RJZ|heir',
      messageId: `heir-${sent}`,
    })
  const changes: (string | null)[] = []
  const ports = portsFor(rememberingStore(stores.stack.store), {
    publish: async (announcements) =>
      void changes.push(
        ...announcements.flatMap(({ change }) => change?.changes.map(({ entry }) => entry) ?? []),
      ),
  })
  await applyBatch(
    0,
    arrivals([told({ documentId: 'D3', trigger: 'ADDENDUM', parentId: 'D2' }, 1)]),
    false,
    ports,
  )
  await applyBatch(
    0,
    arrivals([told({ documentId: 'D2', trigger: 'REPLACEMENT', parentId: 'D1' }, 2)]),
    false,
    ports,
  )
  await applyBatch(0, arrivals([told({ documentId: 'D1', confidentiality: 'V' }, 3)]), false, ports)
  const stored = await stores.stack.mongo.entries
    .find({ patient: 'RJZ|heir' })
    .sort({ _id: 1 })
    .toArray()
  expect(
    stored.map(({ version, data }) => [
      version,
      (data as Document).confidentiality,
      (data as Document).confidentialityFrom,
    ]),
  ).toEqual([
    [1, 'V', undefined],
    [2, 'V', 'D1'],
    [2, 'V', 'D2'],
  ])
  expect(changes.slice(2)).toEqual(expect.arrayContaining(stored.map(({ id }) => id)))
})

test('an allergy told of with and without a number has one line in the head, in whatever batch each came', async () => {
  const told = (said: Partial<AllergyReported> & { allergyId: string }, sent: number) =>
    event(
      { ...unsaid.AllergyReported(), code: coded('PEN', 'penicillin'), category: 'DRUG', ...said },
      sent,
      { patientKey: 'RJZ|allergy', messageId: `allergy-${sent}` },
    )
  const ports = portsFor(rememberingStore(stores.stack.store))
  const linesAfter = async (...events: PatientEvent[]) => {
    await applyBatch(0, arrivals(events), false, ports)
    return (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|allergy' }))?.allergies.map(
      ({ entry }) => entry,
    )
  }
  expect(await linesAfter(told({ allergyId: '~PEN|DRUG' }, 1))).toEqual([
    'RJZ|allergy|allergy|~PEN|DRUG',
  ])
  expect(await linesAfter(told({ allergyId: '7', action: 'A' }, 2))).toEqual([
    'RJZ|allergy|allergy|7',
  ])
  expect(await linesAfter(told({ allergyId: '7', action: 'D' }, 3))).toEqual([
    'RJZ|allergy|allergy|~PEN|DRUG',
  ])
})

test('a document the store refuses in one partition is no matter to another that saves with it', async () => {
  const huge = Array.from({ length: 5 }, (_, index) =>
    observation('F', 'x'.repeat(4_000_000), { key: `K${index}`, place: `OBX[${index + 1}]` }),
  )
  const told = (patientKey: string, body: PatientEvent['body']) =>
    arrivals([event(body, 1, { patientKey, messageId: `${patientKey}-1` })])
  const ports = portsFor(gatheringStore(stores.stack.store))
  await Promise.all([
    applyBatch(0, told('RJZ|huge-beside', result(huge)), false, ports),
    applyBatch(1, told('RJZ|modest-beside', visit('PatientAdmitted', at(1))), false, ports),
  ])
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|huge-beside' }))?.incomplete?.code,
  ).toBe('UNEXPECTED')
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|modest-beside' }))?.incomplete,
  ).toBeNull()
})

test('two writers at once, as when partitions change hands, lose nothing', async () => {
  const events = mixed(3, 60)
  let lost = 0
  const ports = portsFor(stores.stack.store, { onLostRaces: (count) => (lost += count) })
  const parts = Array.from({ length: 8 }, (_, index) =>
    events.filter((_, place) => place % 8 === index),
  )
  await Promise.all(
    parts.flatMap((part) => [
      applyBatch(0, arrivals(part), false, ports),
      applyBatch(0, arrivals(part), false, ports),
    ]),
  )
  await applyBatch(0, arrivals(events), false, portsFor(stores.undisturbed.store))
  expect(lost).toBeGreaterThan(0)
  const of = ({ heads, entries }: Awaited<ReturnType<typeof readable>>) => [
    heads.filter(({ _id }) => _id.startsWith('RJZ|60-')),
    entries.filter(({ patient }) => patient.startsWith('RJZ|60-')),
  ]
  expect(of(await readable(stores.stack.mongo))).toEqual(
    of(await readable(stores.undisturbed.mongo)),
  )
})

test('lines of the head are made anew from the entries when one that hid others leaves', async () => {
  const admissions = Array.from({ length: 30 }, (_, index) =>
    event(visit('PatientAdmitted', at(index), { location: ward('A') }, `V${index}`), index, {
      patientKey: 'RJZ|lines',
    }),
  )
  const discharges = Array.from({ length: 15 }, (_, index) =>
    event(visit('PatientDischarged', at(100), {}, `V${29 - index}`), 100 + index, {
      patientKey: 'RJZ|lines',
    }),
  )
  await applyBatch(0, arrivals(admissions), false, portsFor(stores.stack.store))
  await applyBatch(0, arrivals(discharges), false, portsFor(stores.stack.store))
  const head = await stores.stack.mongo.patients.findOne({ _id: 'RJZ|lines' })
  expect(head?.encounters.map(({ encounterId }) => encounterId)).toEqual(
    Array.from({ length: 12 }, (_, index) => `V${14 - index}`),
  )
})

test('the cost of an update does not grow with the history: 100,000 observations of one patient', {
  timeout: 300_000,
}, async () => {
  const written = { documents: 0, bytes: 0 }
  const counting =
    <T extends object, R>(save: (documents: readonly T[]) => Promise<R>) =>
    (documents: readonly T[]) => {
      written.documents += documents.length
      written.bytes += documents.reduce((sum, document) => sum + serialize(document).length, 0)
      return save(documents)
    }
  const { store } = stores.stack
  const read = { documents: 0 }
  const load: Ports['store']['load'] = async (touched) => {
    const loaded = await store.load(touched)
    read.documents += loaded.heads.size + loaded.entries.size + loaded.applied.size
    return loaded
  }
  const ports = portsFor({
    ...store,
    load,
    saveEntries: counting(store.saveEntries),
    saveHeads: counting(store.saveHeads),
    saveProjections: counting(store.saveProjections),
  })
  const ofReport = (index: number): PatientEvent[] => {
    const observations = Array.from({ length: 20 }, (_, place) =>
      observation('F', String(place), {
        key: `K${place}`,
        code: coded(`K${place}`, 'Test'),
        place: `OBX[${place + 1}]`,
      }),
    )
    const told = { patientKey: 'RJZ|long', messageId: `long-${String(index).padStart(6, '0')}` }
    return [
      event(
        visit('VisitUpdated', at(index), { location: ward('PICU'), patientClass: 'INPATIENT' }),
        index,
        told,
      ),
      event(
        result(observations, {
          reportId: `F${String(index).padStart(6, '0')}`,
          status: 'F',
          collectedAt: at(index),
          fillerNumber: String(index).padStart(6, '0'),
        }),
        index,
        told,
      ),
    ]
  }
  const costOf = async (from: number) => {
    Object.assign(written, { documents: 0, bytes: 0 })
    read.documents = 0
    for (let index = from; index < from + 10; index += 1)
      await applyBatch(0, arrivals(ofReport(index)), false, ports)
    return {
      documentsRead: read.documents / 10,
      documentsWritten: written.documents / 10,
      bytesWritten: Math.round(written.bytes / 10),
    }
  }
  const history = Array.from({ length: 5_000 }, (_, index) => index)
  const costs: Record<string, Awaited<ReturnType<typeof costOf>>> = {}
  for (let from = 0; from < history.length; from += 250) {
    if (from === 250 || from === 2_500)
      costs[`after ${from * 20} observations`] = await costOf(from + 100_000)
    await applyBatch(
      0,
      arrivals(history.slice(from, from + 250).flatMap(ofReport)),
      false,
      portsFor(store),
    )
  }
  costs['after 100000 observations'] = await costOf(200_000)
  console.table(costs)
  const [first, , last] = Object.values(costs) as [
    Awaited<ReturnType<typeof costOf>>,
    unknown,
    Awaited<ReturnType<typeof costOf>>,
  ]
  expect(last.documentsRead).toBe(first.documentsRead)
  expect(last.documentsWritten).toBe(first.documentsWritten)
  expect(Math.abs(last.bytesWritten - first.bytesWritten) / first.bytesWritten).toBeLessThan(0.02)
})
