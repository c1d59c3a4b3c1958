import { deserialize } from 'node:v8'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { applyBatch } from '../apply/apply.ts'
import { arrivalAt, openPatient } from '../remake/patient-in-memory.fixture.ts'
import { portsFor, readable, twoStores } from '../stack.fixture.ts'
import { batchedStore } from '../store/batched-store.ts'
import { cachedStore } from '../store/cached-store.ts'
import { decided, newborn, oldMan, registered, reported } from './identity.fixture.ts'

const stores = twoStores()

const batches: PatientEvent[][] = [
  reported(0, oldMan, 'HIV positive'),
  [registered(10, newborn), ...reported(11, newborn, '7.9', 'RJZ', ['HH'])],
  reported(2, newborn, '6.6', 'XL1'),
  [decided('OTHER_PERSON', ['m10', 'm11'], 20)],
  [...reported(30, newborn, '4.1'), ...reported(31, oldMan, '4.2'), ...reported(5, null, '4.3')],
]

test('a conflict, its decision and what follows are in the store as in memory, also delivered twice', async () => {
  const memory = openPatient()
  for (const batch of batches) await memory.apply(batch)
  const { mongo, store } = stores.stack
  const ports = portsFor(cachedStore(batchedStore(store)), {
    decode: async (record) => deserialize(record) as PatientEvent,
    now: () => 0,
  })
  let offset = 0
  for (const batch of batches) {
    const arrivals = batch.map((event) => arrivalAt(event, offset++))
    await applyBatch(0, arrivals, false, ports)
    await applyBatch(0, arrivals, true, ports)
  }
  const seen = await readable(mongo)
  const ids = (documents: readonly { _id: string }[]) => documents.map(({ _id }) => _id)
  expect([ids(seen.heads), ids(seen.entries)]).toEqual([
    ids(memory.seen().heads),
    ids(memory.seen().entries),
  ])
  expect(seen.heads.map(({ conflict, generation }) => [conflict?.messages, generation])).toEqual(
    memory.seen().heads.map(({ conflict, generation }) => [conflict?.messages, generation]),
  )
  const told = await mongo.projections.find({ patient }).sort({ _id: 1 }).toArray()
  expect(told.map(({ _id, generation = 1, pending = null }) => [_id, generation, pending])).toEqual(
    [...memory.projections.values()]
      .map(({ _id, generation = 1, pending = null }) => [_id, generation, pending])
      .toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
  )
  expect(await mongo.identityConflicts.countDocuments({ patient })).toBe(2)
})
