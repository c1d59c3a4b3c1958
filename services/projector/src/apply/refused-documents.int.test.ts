import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, event, observation, result, visit } from '@tideway/record/entries/histories.fixture'
import { arrivals, portsFor, twoStores } from '../stack.fixture.ts'
import { batchedStore } from '../store/batched-store.ts'
import { applyBatch } from './apply.ts'

const stores = twoStores()

/** More than MongoDB takes in one document, and in one value, so that it cannot be divided. */
const huge = [observation('F', 'x'.repeat(17_000_000), { key: 'K||1', place: 'OBX[1]' })]

test('a document the store rejects holds its patient; the others of the batch are applied', async () => {
  const arrivalsOf = (patientKey: string, body: PatientEvent['body'], sent: number) =>
    event(body, sent, { patientKey, messageId: `${patientKey}-${sent}` })
  const batch = [
    arrivalsOf('RJZ|huge', visit('PatientAdmitted', at(1)), 1),
    arrivalsOf('RJZ|huge', result(huge), 2),
    arrivalsOf('RJZ|modest', visit('PatientAdmitted', at(1)), 1),
  ]
  await applyBatch(0, arrivals(batch), false, portsFor(stores.stack.store))
  expect((await stores.stack.mongo.patients.findOne({ _id: 'RJZ|huge' }))?.incomplete?.code).toBe(
    'UNEXPECTED',
  )
  expect(await stores.stack.mongo.held.countDocuments({ patient: 'RJZ|huge' })).toBe(2)
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|modest' }))?.encounters,
  ).toHaveLength(1)
})

test('a document the store rejects in one partition does not affect another that shares the save', async () => {
  const arrivalsOf = (patientKey: string, body: PatientEvent['body']) =>
    arrivals([event(body, 1, { patientKey, messageId: `${patientKey}-1` })])
  const ports = portsFor(batchedStore(stores.stack.store))
  await Promise.all([
    applyBatch(0, arrivalsOf('RJZ|huge-beside', result(huge)), false, ports),
    applyBatch(1, arrivalsOf('RJZ|modest-beside', visit('PatientAdmitted', at(1))), false, ports),
  ])
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|huge-beside' }))?.incomplete?.code,
  ).toBe('UNEXPECTED')
  expect(
    (await stores.stack.mongo.patients.findOne({ _id: 'RJZ|modest-beside' }))?.incomplete,
  ).toBeNull()
})

test('a stored document that cannot be read holds its patient, in whichever partition it is shared', async () => {
  const { mongo, store } = stores.stack
  const id = 'RJZ|unreadable|report|F1^UE'
  const broken = {
    _id: id,
    id: 'unreadable',
    patient: 'RJZ|unreadable',
    kind: 'report',
    version: 1,
  }
  await mongo.entries.insertOne({ ...broken, data: { kind: 'report' } } as never)
  const ports = portsFor(batchedStore(store))
  const of = (patientKey: string, sent: number) =>
    event(result([observation('F', '1')], { reportId: 'F1^UE' }), sent, {
      patientKey,
      messageId: `${patientKey}-${sent}`,
    })
  for (const sent of [1, 2])
    await Promise.all([
      applyBatch(0, arrivals([of('RJZ|unreadable', sent)], sent), false, ports),
      applyBatch(1, arrivals([of('RJZ|readable', sent)], sent), false, ports),
    ])
  const head = (_id: string) => mongo.patients.findOne({ _id })
  expect((await head('RJZ|unreadable'))?.incomplete).toMatchObject({
    code: 'UNEXPECTED',
    offset: 1,
  })
  expect(await mongo.held.countDocuments({ patient: 'RJZ|unreadable' })).toBe(2)
  expect((await head('RJZ|readable'))?.latestReports).toHaveLength(1)
  expect((await head('RJZ|readable'))?.incomplete).toBeNull()
})
