import { setTimeout as wait } from 'node:timers/promises'
import { killServices } from '@tideway/runtime/child-service.fixture'
import type { MessageReceived, PatientEvent } from '@tideway/schemas/events.generated'
import { readConfig } from '@tideway/runtime/config'
import { publicIdKeys } from '@tideway/runtime/common-settings'
import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { details, eventsOf, named } from '../events.fixture.ts'
import { openLine } from './line.fixture.ts'

const key = 'RJZ|K1'
const { publicIdKeys: keys } = readConfig(process.env, { publicIdKeys })
const id = idSeal(keys).seal(publicId(key))
const eventOf = eventsOf(Date.now())
let line: Awaited<ReturnType<typeof openLine>>
let projector: Awaited<ReturnType<typeof line.startProjector>>

beforeAll(async () => {
  line = await openLine()
}, 240_000)
afterAll(async () => {
  killServices()
  await line?.close()
})

let names = 0
/** A message about the patient, and its event. */
const message = (more: Partial<MessageReceived> = {}) => {
  names += 1
  const event: PatientEvent = eventOf(
    'RJZ',
    key,
    'PID[1]',
    details({ nhsNumber: '9434765919', birthDate: '2019-05-04', names: [named(`N${names}`)] }),
  )
  const received: MessageReceived = {
    ...{ id: event.messageId, source: 'RJZ', bytes: Buffer.from('MSH|'), payload: null },
    ...{ connection: 'test', receivedAt: Date.now() * 1000, sentAt: null, controlId: 'C' },
    ...{ type: 'ADT^A08', characterSet: 'utf-8', answered: 'AA', problem: null, parked: false },
    ...{ patientKeys: [key], events: 1, unused: [], submission: null, ...more },
  }
  return { event, message: received, family: `N${names}` }
}

type Completeness = { state: string; shownUpTo?: string; reasons: { code: string }[] }
const read = async () => {
  const { body, tookMs } = await line.read(`/api/patients/${id}/record`)
  const { state, shownUpTo, reasons = [] } = (body['completeness'] ?? {}) as Completeness
  const { name } = ((body['patients'] ?? []) as { name?: { family?: string } }[])[0] ?? {}
  expect(body['complete'] ?? false).toBe(state === 'complete')
  return { state, shownUpTo, codes: reasons.map(({ code }) => code), family: name?.family, tookMs }
}
type Reading = Awaited<ReturnType<typeof read>>

const until = async (holds: (reading: Reading) => boolean): Promise<Reading> => {
  for (;;) {
    const reading = await read()
    if (holds(reading)) return reading
    await wait(200)
  }
}
const isComplete = ({ state }: Reading) => state === 'complete'

test('an answer is complete only while the line keeps up, says what lags, and is complete again', {
  timeout: 400_000,
}, async () => {
  projector = await line.startProjector()
  let archiver = await line.startArchiver()
  let identity = await line.startIdentity()
  const first = message()
  await line.publish([first])
  const reading = await until(isComplete)
  expect(reading).toMatchObject({ codes: [], family: first.family })
  expect(Date.now() - Date.parse(reading.shownUpTo ?? '')).toBeLessThan(5_000)

  await line.stop(projector)
  const missed = message()
  await line.publish([missed])
  const acknowledgedAt = Date.now()
  await wait(4_500)
  expect((await read()).state).not.toBe('complete')
  const behind = await until(({ codes }) => codes.join() === 'projection-behind')
  expect(behind.state).toBe('incomplete')
  expect(behind.family).toBe(first.family)
  expect(Date.parse(behind.shownUpTo ?? '')).toBeLessThanOrEqual(acknowledgedAt)
  projector = await line.startProjector()
  expect(await until(isComplete)).toMatchObject({ family: missed.family })

  await line.stop(identity)
  const renamed = message()
  await line.publish([renamed])
  await wait(4_500)
  expect((await read()).state).not.toBe('complete')
  await until(({ state, codes }) => state === 'incomplete' && codes.join() === 'identity-behind')
  identity = await line.startIdentity()
  await until(isComplete)

  await line.stop(archiver)
  const parked = message({ problem: { code: 'MISSING_FIELD', place: 'PV1-19' }, parked: true })
  await line.publish([{ message: parked.message }])
  await wait(4_500)
  expect((await read()).state).not.toBe('complete')
  await until(({ state, codes }) => state === 'incomplete' && codes.join() === 'ledger-behind')
  archiver = await line.startArchiver()
  const counted = await until(({ codes }) => !codes.includes('ledger-behind'))
  expect(counted).toMatchObject({ state: 'incomplete', codes: ['parked'] })
  await line.mongo.messages.updateOne(
    { _id: parked.message.id },
    { $set: { 'parked.state': 'RELEASED' } },
  )
  await until(isComplete)

  await line.broker.stop()
  await wait(4_500)
  expect((await read()).state).not.toBe('complete')
  for (let times = 0; times < 5; times += 1) {
    const blind = await read()
    expect(blind).toMatchObject({ state: 'unknown', codes: ['log-not-reachable'] })
    expect(blind.tookMs).toBeLessThan(1_000)
    expect(blind.family).toBe(renamed.family)
    await wait(300)
  }
  await line.broker.start()
  const last = message()
  for (;;) {
    const done = await line.publish([last]).then(
      () => true,
      () => false,
    )
    if (done) break
    await wait(500)
  }
  await until((now) => isComplete(now) && now.family === last.family)
})

test('a database that lost its documents is read into again by the same group', {
  timeout: 200_000,
}, async () => {
  const { family } = await until(isComplete)
  await line.stop(projector)
  const { patients, entries, projections, held, watermarks } = line.mongo
  for (const collection of [patients, entries, projections, held]) await collection.deleteMany({})
  await watermarks.deleteMany({ _id: { $regex: '^patient-events' } })
  expect((await line.read(`/api/patients/${id}/record`)).status).toBe(404)
  await line.startProjector()
  expect((await until(isComplete)).family).toBe(family)
})
