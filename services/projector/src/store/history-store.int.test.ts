import { randomBytes } from 'node:crypto'
import { at, details, event, patient, visit, ward } from '@tideway/record/entries/histories.fixture'
import { expect, test } from 'vitest'
import { applyBatch } from '../apply/apply.ts'
import { documentsOf } from '../history/told.ts'
import { arrivalAt, restored, withdrawn } from '../remake/patient-in-memory.fixture.ts'
import { deserialize } from 'node:v8'
import { portsFor, readable, twoStores } from '../stack.fixture.ts'
import { batchedStore } from './batched-store.ts'
import { cachedStore } from './cached-store.ts'

const stores = twoStores()

test('what a message told is read back whole, by message and by patient, however large', async () => {
  const { store } = stores.undisturbed
  const told = [0, 1, 2].map((n) => ({
    event: `m1.${n}`,
    offset: n,
    record: randomBytes(n * 300_000 + 3),
  }))
  const of = { message: 'm1', received: 1, projectedAt: new Date(0), pending: null }
  await store.saveProjections(documentsOf({ ...of, patient: 'RJZ|9' }, told))
  await store.saveTold(documentsOf({ ...of, patient: 'RJZ|9', decidedAt: 5 }, told.slice(1)))
  const [found, ...others] = await store.projected(['m1|RJZ|9', 'm2|RJZ|9'])
  expect([found?.told, found?.decidedAt, others]).toEqual([told.slice(1), 5, []])
  expect((await store.everythingOf('RJZ|9')).told).toEqual([found])
  expect((await store.everythingOf('RJZ|')).told).toEqual([])
})

test('the newest decision about a message counts, and a projection of an earlier release is noticed', async () => {
  const { store } = stores.undisturbed
  await store.saveWithdrawals([{ _id: 'm7', state: 'RESTORED', at: 2 }])
  await store.saveWithdrawals([
    { _id: 'm7', state: 'WITHDRAWN', at: 1 },
    { _id: 'm8', state: 'WITHDRAWN', at: 1 },
  ])
  expect(await store.withdrawnAmong(['m7|RJZ|1', 'm8|RJZ|1', 'm8|RJZ|2'])).toEqual(['m8'])
  expect(await store.hasWholeHistory()).toBe(true)
  await store.saveProjections([{ _id: 'm9|RJZ|1', received: 1, projectedAt: new Date(0) }])
  expect(await store.hasWholeHistory()).toBe(false)
})

test('a message is withdrawn and restored in the database, through cache and batches', async () => {
  const { store, mongo } = stores.stack
  const ports = portsFor(batchedStore(cachedStore(store)), {
    decode: async (record) => deserialize(record),
  })
  const events = [
    event(details({ sex: 'MALE' }), 0),
    event(visit('PatientAdmitted', at(1), { location: ward('PICU') }), 1),
    event(details({ sex: 'FEMALE' }), 1, { id: 'm1.1' }),
    event(visit('PatientDischarged', at(9)), 2),
  ]
  const batches = events.map((one, offset) => [arrivalAt(one, offset)])
  for (const batch of batches) await applyBatch(0, batch, false, ports)
  const all = await readable(mongo)
  await applyBatch(0, [arrivalAt(withdrawn('m1', patient, 1), 10)], false, ports)
  const without = await readable(mongo)
  expect(JSON.stringify(without)).not.toContain('"m1"')
  expect(without.heads[0]).toMatchObject({ details: { RJZ: [{ fields: { sex: 'MALE' } }] } })
  await applyBatch(0, [arrivalAt(events[1] as (typeof events)[0], 11)], false, ports)
  expect(await readable(mongo)).toEqual(without)
  await applyBatch(0, [arrivalAt(restored('m1', patient, 2), 12)], false, ports)
  expect(await readable(mongo)).toEqual(all)
  for (const message of ['m0', 'm1', 'm2'])
    await applyBatch(0, [arrivalAt(withdrawn(message, patient, 3), 13)], false, ports)
  expect((await readable(mongo)).entries).toEqual([])
  expect(await mongo.patients.find().toArray()).toMatchObject([{ gone: true }])
})
