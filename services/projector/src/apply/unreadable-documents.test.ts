import { newHead } from '@tideway/record/demographics/head'
import { at, event, observation, result, visit } from '@tideway/record/entries/histories.fixture'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import type { MessageParked, PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { applyBatch, type ApplyPorts } from './apply.ts'
import { folds } from './apply-events.ts'
import { arrival } from './arrival.fixture.ts'
import { memoryStore } from './memory-store.fixture.ts'

const [guilty, other] = ['RJZ|guilty', 'RJZ|other']

const documentsWith = (head: object, entries: Entry[] = []) => ({
  heads: new Map([[guilty, { ...newHead(guilty), version: 1, ...head } as PatientHead]]),
  entries: new Map(entries.map((entry) => [entry._id, entry])),
  held: [] as HeldEvent[],
})

/** Applies events of both patients, from this offset on. */
const applied = async (
  documents: ReturnType<typeof documentsWith>,
  events: PatientEvent[],
  from = 0,
  more: Partial<ApplyPorts> = {},
) => {
  const parked: MessageParked[] = []
  const ports: ApplyPorts = {
    store: memoryStore(documents, () => undefined, []),
    folds,
    decode: async () => null,
    publish: async (announcements) => {
      for (const one of announcements) parked.push(...one.parked)
    },
    now: () => 0,
    onLostRaces: () => undefined,
    ...more,
  }
  await applyBatch(
    0,
    events.map(arrival).map((one) => ({ ...one, offset: one.offset + from })),
    false,
    ports,
  )
  return parked
}

const of = (patientKey: string, body: PatientEvent['body'], sent: number) =>
  event(body, sent, { patientKey, messageId: `${patientKey}-${sent}` })
const admissions = [1, 2].flatMap((sent) =>
  [guilty, other].map((patient) => of(patient, visit('PatientAdmitted', at(sent)), sent)),
)

test.each<[string, object]>([
  ['a list is none', { encounters: 7 }],
  ['its feeds are missing', { freshness: null }],
])('a head that cannot be read holds its patient alone: %s', async (_, head) => {
  const documents = documentsWith(head)
  const parked = await applied(documents, admissions)
  expect(documents.heads.get(other)?.encounters).toHaveLength(1)
  expect(documents.heads.get(guilty)?.incomplete).toMatchObject({ code: 'UNEXPECTED' })
  expect(documents.held.map(({ patient }) => patient)).toEqual([guilty, guilty])
  expect(parked.map(({ state, messageId }) => [state, messageId])).toEqual([
    ['PARKED', `${guilty}-1`],
    ['PARKED', `${guilty}-2`],
  ])
  await applied(documents, [of(guilty, visit('PatientDischarged', at(3)), 3)], 9)
  expect(documents.held).toHaveLength(3)
})

test('a stored report that cannot be matched holds the events about its observations', async () => {
  const own = { ownReportId: '~Observation/1', ownKey: 'K||1' }
  const id = `${guilty}|report|F1^UE`
  const broken = { _id: id, id: 'x', patient: guilty, kind: 'report', version: 1 }
  const holds = [`${guilty}|report|~Observation/1`]
  const documents = documentsWith({}, [
    { ...broken, holds, origins: [], sortAt: new Date(0), data: { kind: 'report' } } as never,
  ])
  await applied(documents, [
    of(guilty, result([observation('F', '1', own)], { reportId: 'F1^UE' }), 1),
    of(other, visit('PatientAdmitted', at(1)), 1),
  ])
  expect(documents.heads.get(guilty)?.incomplete).not.toBeNull()
  expect(documents.held).toHaveLength(1)
  expect(documents.heads.get(other)?.encounters).toHaveLength(1)
})

test('a store that fails is waited for: nothing is held, and the batch comes again', async () => {
  const documents = documentsWith({})
  const store = memoryStore(documents, () => undefined, [])
  for (const failing of ['load', 'saveEntries', 'saveHeads'] as const)
    await expect(
      applied(documents, admissions, 0, {
        store: { ...store, [failing]: () => Promise.reject(new TypeError('fetch failed')) },
      }),
    ).rejects.toThrow('fetch failed')
  expect(documents.held).toEqual([])
  expect(documents.heads.get(guilty)?.incomplete).toBeNull()
})
