import { randomUUID } from 'node:crypto'
import { connectMongo, type Mongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { rulesVersion } from '@tideway/projector/rules-version'
import { projectorStore } from '@tideway/projector/store/store'
import { endOfShared } from '@tideway/record/entries/matching/shared-number'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oru } from '../json/report-messages.fixture.ts'
import { eventsOf, receivedAs } from '../json/said-later.fixture.ts'
import { stored } from '../json/withdrawn-record.fixture.ts'
import { recordStore } from './store.ts'

let mongo: Mongo
beforeAll(async () => {
  mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', `under-${randomUUID().slice(0, 8)}`)
  await ensureIndexes(mongo)
})
afterAll(async () => {
  await mongo.drop()
  await mongo.close()
})

const reportOf = (number: string, service: string) =>
  oru('0110', `OBR|1|P1|${number}|${service}|||20260901090000`, 'OBX|1|NM|K||5|mmol/L|||||F')

test('reports are found by the beginning of their number, and no others', async () => {
  const messages = [
    reportOf('F1', 'CULT'),
    reportOf('F1', 'SENS'),
    reportOf('F10', 'CULT'),
    reportOf('F', 'CULT'),
  ].map((message, nth) => eventsOf(message, receivedAs(nth)))
  const documents = [...stored(...messages).entries.values()]
  await mongo.entries.insertMany(documents.map(compactEntry))
  const prefix = 'X99|1|report|F1^'
  const expected = ['X99|1|report|F1^CULT', 'X99|1|report|F1^SENS']
  const found = await recordStore(mongo).reportsUnder([prefix])
  expect(found.map(({ _id }) => _id).toSorted()).toEqual(expected)
  const touched = { patients: [], entries: [], alone: [], sharing: [prefix], projections: [] }
  const { entries } = await projectorStore(mongo, rulesVersion()).load(touched)
  expect([...entries.keys()].toSorted()).toEqual(expected)
  expect(endOfShared(prefix)).toBe('X99|1|report|F1_')
})
