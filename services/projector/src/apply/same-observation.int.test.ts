import type { Report } from '@tideway/schemas/documents/entry'
import type { Change } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { applyBatch } from './apply.ts'
import { batchedStore } from '../store/batched-store.ts'
import { event, observation, result } from '@tideway/record/entries/histories.fixture'
import { cachedStore } from '../store/cached-store.ts'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'

const stores = twoStores()

const own = '~Observation/o1'
const named = { ownReportId: own, ownKey: 'K' }
const eventsFor = (patient: string) => [
  event(
    result([
      observation('F', '6.9', named),
      observation('F', '140', { key: 'NA', place: 'OBX[2]' }),
    ]),
    1,
    { patientKey: patient },
  ),
  event(result([observation('D', null, named)], { reportId: own, status: 'entered-in-error' }), 2, {
    patientKey: patient,
  }),
]

test('a report and its standalone observation are matched in the store in either order, and both changes are published', async () => {
  const [report, back] = eventsFor('RJZ|alone') as [
    ReturnType<typeof event>,
    ReturnType<typeof event>,
  ]
  const changes: Change[] = []
  const publish = async (all: readonly { change: { changes: readonly Change[] } | null }[]) =>
    void changes.push(...all.flatMap(({ change }) => change?.changes ?? []))
  const store = cachedStore(batchedStore(stores.stack.store))
  for (const one of [report, back]) {
    changes.length = 0
    await applyBatch(0, arrivals([one]), false, portsFor(store, { publish }))
  }
  expect(changes.map((change) => change.event)).toEqual(['ResultReported', 'ResultReported'])
  for (const one of [back, report])
    await applyBatch(0, arrivals([one]), false, portsFor(stores.undisturbed.store))

  const seen = await readable(stores.stack.mongo)
  expect(seen).toEqual(await readable(stores.undisturbed.mongo))
  const shown = seen.entries.map(({ data }) =>
    (data as Report).observations.map(({ status, valueFrom }) => [status, valueFrom]),
  )
  expect(shown).toEqual([
    [
      ['entered-in-error', null],
      ['final', 0],
    ],
    [['entered-in-error', null]],
  ])
})

test('a report taken back without naming its observation takes that back in the store too', async () => {
  const patient = 'RJZ|with-report'
  const [report] = eventsFor(patient) as [ReturnType<typeof event>]
  const alone = event(result([observation('F', '6.9', named)], { reportId: own }), 2, {
    patientKey: patient,
  })
  const back = event(result([], { status: 'entered-in-error' }), 3, { patientKey: patient })
  for (const one of [report, alone, back])
    await applyBatch(0, arrivals([one]), false, portsFor(stores.stack.store))
  const entries = await stores.stack.mongo.entries.find({ patient, kind: 'report' }).toArray()
  expect(
    entries.flatMap(({ data }) => (data as Report).observations.map(({ status }) => status)),
  ).toEqual(['entered-in-error', 'entered-in-error', 'entered-in-error'])
})

test('reports that hold an observation are found by an index, not by scanning the history', async () => {
  for (const patient of ['RJZ|one', 'RJZ|two', 'RJZ|three'])
    await applyBatch(0, arrivals(eventsFor(patient)), false, portsFor(stores.stack.store))
  const plan = await stores.stack.mongo.entries
    .find({ holds: { $in: [`RJZ|two|report|${own}`, 'RJZ|two|report|~Observation/o2'] } })
    .explain('executionStats')
  expect(JSON.stringify(plan)).not.toContain('COLLSCAN')
  expect(plan['executionStats']).toMatchObject({ nReturned: 1, totalDocsExamined: 1 })
})
