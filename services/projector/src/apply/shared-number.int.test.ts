import { coded, event } from '@tideway/record/entries/histories.fixture'
import type { Statement } from '@tideway/schemas/documents/entry'
import { type Change, type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { batchedStore } from '../store/batched-store.ts'
import { cachedStore } from '../store/cached-store.ts'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'
import { applyBatch } from './apply.ts'

const stores = twoStores()

const request = (requestId: string, control: string, code: string | null): EventBody => ({
  ...unsaid.RequestReported(),
  requestId,
  control,
  service: code === null ? null : coded(code),
})

test('a cancellation with an ORC alone finds every order with its number in the store, and each change is published', async () => {
  const patientKey = 'RJZ|shared'
  const orders = ['R1^A', 'R1^B', 'R10^A', 'R1_A'].map((key, nth) =>
    event(request(key, 'NW', key.slice(-1)), nth, { patientKey }),
  )
  const cancelled = event(request('R1', 'CA', null), 9, { patientKey })
  const changes: Change[] = []
  const publish = async (all: readonly { change: { changes: readonly Change[] } | null }[]) =>
    void changes.push(...all.flatMap(({ change }) => change?.changes ?? []))
  const store = cachedStore(batchedStore(stores.stack.store))
  for (const one of [...orders, cancelled]) {
    changes.length = 0
    await applyBatch(0, arrivals([one]), false, portsFor(store, { publish }))
  }
  expect(changes.map((change) => change.event)).toEqual(Array(3).fill('RequestReported'))
  for (const one of [cancelled, ...orders.toReversed()])
    await applyBatch(0, arrivals([one]), false, portsFor(stores.undisturbed.store))

  const seen = await readable(stores.stack.mongo)
  expect(seen).toEqual(await readable(stores.undisturbed.mongo))
  expect(
    seen.entries
      .map(({ data }) => [
        (data as Statement).key,
        (data as unknown as Statement<'request'>).status,
      ])
      .toSorted(),
  ).toEqual([
    ['R1', 'cancelled'],
    ['R10^A', 'active'],
    ['R1^A', 'cancelled'],
    ['R1^B', 'cancelled'],
    ['R1_A', 'active'],
  ])
})
