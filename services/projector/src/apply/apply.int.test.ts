import type { Document } from '@tideway/schemas/documents/entry'
import {
  type AllergyReported,
  type DocumentReported,
  type PatientEvent,
  unsaid,
} from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, coded, event, visit, ward } from '@tideway/record/entries/histories.fixture'
import { mixed } from '@tideway/record/entries/random-histories.fixture'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'
import { cachedStore } from '../store/cached-store.ts'
import { applyBatch } from './apply.ts'

const stores = twoStores()

test('a repeated batch, from the log or from the sender, writes nothing', async () => {
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

test('a stored document takes the confidentiality of the one it replaces, and the change is published', async () => {
  const documentEvent = (body: Partial<DocumentReported> & { documentId: string }, sent: number) =>
    event({ ...unsaid.DocumentReported(), ...body }, sent, {
      patientKey: 'RJZ|heir',
      messageId: `heir-${sent}`,
    })
  const changes: (string | null)[] = []
  const ports = portsFor(cachedStore(stores.stack.store), {
    publish: async (announcements) =>
      void changes.push(
        ...announcements.flatMap(({ change }) => change?.changes.map(({ entry }) => entry) ?? []),
      ),
  })
  await applyBatch(
    0,
    arrivals([documentEvent({ documentId: 'D3', trigger: 'ADDENDUM', parentId: 'D2' }, 1)]),
    false,
    ports,
  )
  await applyBatch(
    0,
    arrivals([documentEvent({ documentId: 'D2', trigger: 'REPLACEMENT', parentId: 'D1' }, 2)]),
    false,
    ports,
  )
  await applyBatch(
    0,
    arrivals([documentEvent({ documentId: 'D1', confidentiality: 'V' }, 3)]),
    false,
    ports,
  )
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

test('an allergy with and without a number has one line in the head, whichever batch each is in', async () => {
  const allergyEvent = (more: Partial<AllergyReported> & { allergyId: string }, sent: number) =>
    event(
      { ...unsaid.AllergyReported(), code: coded('PEN', 'penicillin'), category: 'DRUG', ...more },
      sent,
      { patientKey: 'RJZ|allergy', messageId: `allergy-${sent}` },
    )
  const ports = portsFor(cachedStore(stores.stack.store))
  const linesAfter = async (...events: PatientEvent[]) => {
    await applyBatch(0, arrivals(events), false, ports)
    return (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|allergy' }))?.allergies.map(
      ({ entry }) => entry,
    )
  }
  expect(await linesAfter(allergyEvent({ allergyId: '~PEN|DRUG' }, 1))).toEqual([
    'RJZ|allergy|allergy|~PEN|DRUG',
  ])
  expect(await linesAfter(allergyEvent({ allergyId: '7', action: 'A' }, 2))).toEqual([
    'RJZ|allergy|allergy|7',
  ])
  expect(await linesAfter(allergyEvent({ allergyId: '7', action: 'D' }, 3))).toEqual([])
  expect(await linesAfter(allergyEvent({ allergyId: '~PEN|DRUG' }, 4))).toEqual([
    'RJZ|allergy|allergy|~PEN|DRUG',
  ])
})

test('two writers at once, as during a rebalance, lose nothing', async () => {
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

test('head lines are rebuilt from the entries when one that hid others is removed', async () => {
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
