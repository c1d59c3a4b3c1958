import { expect, test } from 'vitest'
import { applyBatch } from '../apply/apply.ts'
import { at, event, visit, ward } from '@tideway/record/entries/histories.fixture'
import { mixed } from '@tideway/record/entries/random-histories.fixture'
import { cachedStore } from './cached-store.ts'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'

const stores = twoStores()

const written = async ({ mongo }: typeof stores.stack, prefix: string) => {
  const { heads, entries } = await readable(mongo)
  return [
    heads.filter(({ _id }) => _id.startsWith(prefix)),
    entries.filter(({ patient }) => patient.startsWith(prefix)),
  ]
}

test('documents saved or loaded once are not loaded again', async () => {
  const events = mixed(4, 70)
  const asked: number[] = []
  const store = cachedStore({
    ...stores.stack.store,
    load: (touched) => {
      asked.push(touched.patients.length)
      return stores.stack.store.load(touched)
    },
  })
  for (let from = 0; from < events.length; from += 5)
    await applyBatch(0, arrivals(events.slice(from, from + 5), from), false, portsFor(store))
  await applyBatch(0, arrivals(events), false, portsFor(stores.undisturbed.store))
  expect(await written(stores.stack, 'RJZ|70-')).toEqual(
    await written(stores.undisturbed, 'RJZ|70-'),
  )
  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(4)
  store.clear()
  await store.load({ patients: ['RJZ|70-0'], entries: [], alone: [], sharing: [], projections: [] })
  expect(asked.at(-1)).toBe(1)
})

test('two caches that write the same documents, as during a rebalance, lose nothing', async () => {
  let lost = 0
  const writer = () =>
    portsFor(cachedStore(stores.stack.store), { onLostRaces: (count) => (lost += count) })
  const writers = [writer(), writer()]
  const wards = Array.from('ABCDEF', (name, index) =>
    event(visit('PatientTransferred', at(index), { location: ward(name) }), index, {
      patientKey: 'RJZ|80-0',
      messageId: `80-${index}`,
    }),
  )
  for (const [offset, each] of wards.entries()) {
    for (const ports of writers) await applyBatch(0, arrivals([each], offset), false, ports)
    writers.reverse()
  }
  await applyBatch(0, arrivals(wards), false, portsFor(stores.undisturbed.store))
  expect(lost).toBeGreaterThan(0)
  expect(await written(stores.stack, 'RJZ|80-')).toEqual(
    await written(stores.undisturbed, 'RJZ|80-'),
  )
})
