import type { PatientEvent } from '@tideway/schemas/events.generated'
import { serialize } from 'bson'
import { expect, test } from 'vitest'
import {
  at,
  coded,
  event,
  observation,
  result,
  visit,
  ward,
} from '@tideway/record/entries/histories.fixture'
import { arrivals, portsFor, twoStores } from '../stack.fixture.ts'
import { applyBatch, type ApplyPorts } from './apply.ts'

const stores = twoStores()

test('an update costs the same after 100,000 observations of one patient as at first', {
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
  const load: ApplyPorts['store']['load'] = async (touched) => {
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
    const fields = { patientKey: 'RJZ|long', messageId: `long-${String(index).padStart(6, '0')}` }
    return [
      event(
        visit('VisitUpdated', at(index), {
          location: ward('PICU'),
          patientClass: 'INPATIENT',
          admittedAt: at(0),
        }),
        index,
        fields,
      ),
      event(
        result(observations, {
          reportId: `F${String(index).padStart(6, '0')}`,
          status: 'F',
          collectedAt: at(index),
          fillerNumber: String(index).padStart(6, '0'),
        }),
        index,
        fields,
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
