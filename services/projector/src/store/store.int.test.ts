import type { Entry } from '@tideway/schemas/documents/entry'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectStore } from '../stack.fixture.ts'

const dayMs = 86_400_000
const patient = 'RJZ|newest'
const now = Date.now()

let stack: Awaited<ReturnType<typeof connectStore>>
beforeAll(async () => {
  stack = await connectStore()
})
afterAll(() => stack?.close())

const entry = (kind: 'report' | 'encounter' | 'document', name: string, data: object): Entry =>
  ({
    ...{ _id: `${patient}|${kind}|${name}`, id: `${kind}${name}`, patient, kind, version: 1 },
    ...{ sortAt: new Date(now), origins: [], data: { kind, ...data } },
  }) as unknown as Entry

const namesOf = (entries: readonly Entry[]) => entries.map(({ _id }) => _id.split('|').at(-1))

test('the newest reports are found in order, whatever their age and distribution', async () => {
  const ages = [-2, 0, 0.5, 1, 1, 15.9, 16, 17, 255, 256, 257, 3_000, 20_000]
  const reports = ages.map((days, index) => ({
    ...entry('report', String(index).padStart(2, '0'), { observations: [], header: [] }),
    sortAt: new Date(now - days * dayMs),
  }))
  await stack.mongo.entries.insertMany(reports.map(compactEntry))
  expect(namesOf(await stack.store.newest(patient, 'report'))).toEqual(
    ages.map((_, index) => String(index).padStart(2, '0')),
  )
})

test('other entries that can have a line are found, whatever their age', async () => {
  const encounters = [
    entry('encounter', 'open', {
      status: 'open',
      movements: [],
      stays: [],
      details: [],
      doctors: [],
    }),
    entry('encounter', 'closed', {
      status: 'closed',
      movements: [],
      stays: [],
      details: [],
      doctors: [],
    }),
  ]
  await stack.mongo.entries.insertMany(encounters.map(compactEntry))
  expect(namesOf(await stack.store.newest(patient, 'encounter'))).toEqual(['open'])
})

test('replacements and addenda of a document are found, only for that patient', async () => {
  const document = (name: string, more: object) =>
    entry('document', name, { reported: [], ...more })
  const documents = [
    document('first', { documentId: 'D1' }),
    document('replacing', { documentId: 'D2', replaces: 'D1' }),
    document('adding', { documentId: 'D3', addsTo: 'D1' }),
    { ...document('other', { documentId: 'D4', addsTo: 'D1' }), patient: 'RJZ|other' },
  ]
  await stack.mongo.entries.insertMany(documents.map(compactEntry))
  const inheritors = await stack.store.inheritors([{ patient, documentId: 'D1' }])
  expect(namesOf(inheritors).toSorted()).toEqual(['adding', 'replacing'])
})
