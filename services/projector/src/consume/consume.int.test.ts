import { randomUUID } from 'node:crypto'
import type { MessageParked, PatientEvent, RecordChanged } from '@tideway/schemas/events.generated'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consume } from './consume.ts'
import { folds } from '../apply/apply-events.ts'
import { at, details, event, visit, ward } from '@tideway/record/entries/histories.fixture'
import { projectorMetrics } from './observe.ts'
import { releaseHeld } from './publish.ts'
import { heldEventDecoder } from '../apply/arrival.ts'
import { cachedStore } from '../store/cached-store.ts'
import { connectLog, connectStore, portsFor } from '../stack.fixture.ts'

const run = randomUUID().slice(0, 8)
const poisoned = `${run}-poison`
let broken = true
let stack: Awaited<ReturnType<typeof connectStore>>
let line: Awaited<ReturnType<typeof connectLog>>
const changes: { value: RecordChanged; traceparent: string | null }[] = []
const parked: MessageParked[] = []
const closing: (() => Promise<unknown>)[] = []

const until = async <T>(read: () => Promise<T> | T, holds: (value: T) => boolean): Promise<T> => {
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

beforeAll(async () => {
  stack = await connectStore()
  line = await connectLog()
  const store = cachedStore(stack.store)
  const ports = portsFor(store, {
    publish: line.announce,
    decode: heldEventDecoder(line.registry),
    folds: {
      ...folds,
      entry: (before, of) => {
        if (broken && of.messageId === poisoned) throw new TypeError('a defect')
        return folds.entry(before, of)
      },
    },
  })
  const apply = consume(
    ports,
    store.clear,
    startTracing('projector', null),
    projectorMetrics(createMetrics()),
    line.log.child({}, { level: 'silent' }),
  )
  const fail = (cause: unknown) => {
    throw cause
  }
  const projector = await line.kafka.consumer({
    topics: ['patientEvents'],
    groupId: `projector-${run}`,
    gatherMs: 20,
    registry: line.registry,
    onBatch: (_, batch) => apply(batch),
    onCrash: fail,
  })
  const reader = await line.kafka.consumer({
    topics: ['recordChanges', 'parkedMessages'],
    groupId: `reader-${run}`,
    gatherMs: 20,
    registry: line.registry,
    onBatch: async (topic, { records }) => {
      for (const { value, header } of records) {
        if (topic === 'recordChanges')
          changes.push({ value: value as RecordChanged, traceparent: header('traceparent') })
        else parked.push(value as MessageParked)
      }
    },
    onCrash: fail,
  })
  closing.push(projector.close, reader.close, line.publisher.close)
})
afterAll(async () => {
  for (const close of closing) await close()
  await stack.close()
})

const of = (
  patient: string,
  body: PatientEvent['body'],
  sent: number,
  messageId = `${run}-${patient}-${sent}`,
): PatientEvent =>
  event(body, sent, { patientKey: `RJZ|${run}-${patient}`, messageId, id: `${messageId}.0` })
const publish = (...events: PatientEvent[]) => line.publisher.publish(events.map(line.outgoing))
const headOf = (patient: string) => stack.mongo.patients.findOne({ _id: `RJZ|${run}-${patient}` })
const parkedOf = (patient: string) =>
  parked
    .filter(({ patientKey }) => patientKey === `RJZ|${run}-${patient}`)
    .map(({ state, problem: { code } }) => `${state} ${code}`)

test('events are applied and their changes published with the trace of the message', async () => {
  await publish(
    of('a', details({ sex: 'MALE' }), 1),
    of('a', visit('PatientAdmitted', at(1), { location: ward('PICU') }), 2),
  )
  const head = await until(
    () => headOf('a'),
    (found) => found?.encounters.length === 1,
  )
  expect(head?.encounters[0]).toMatchObject({ status: 'open', location: { pointOfCare: 'PICU' } })
  const published = await until(
    () => changes.filter(({ value }) => value.patientKey === head?._id),
    (found) => found.flatMap(({ value }) => value.messages).length === 2,
  )
  expect(published[0]?.traceparent).toMatch(new RegExp(`^00-${'a'.repeat(32)}-`))
  expect(published[0]?.traceparent).not.toContain('b'.repeat(16))
  expect(
    published
      .flatMap(({ value }) => value.changes.map(({ kind, event: type }) => `${kind} ${type}`))
      .toSorted(),
  ).toEqual(['encounter PatientAdmitted', 'patient PatientDetailsReported'])
  expect(await stack.mongo.projections.countDocuments({ _id: { $regex: `^${run}-a-` } })).toBe(2)
})

test('a failed event holds only its patient; once it can be applied, all are applied in order', async () => {
  await publish(
    of('b', details({ sex: 'MALE' }), 1),
    of('b', visit('PatientAdmitted', at(1)), 2, poisoned),
    of('b', visit('PatientDischarged', at(9)), 3),
    of('c', details({}), 4),
  )
  expect(
    (
      await until(
        () => headOf('b'),
        (found) => found?.incomplete != null,
      )
    )?.incomplete?.code,
  ).toBe('UNEXPECTED')
  await until(
    () => headOf('c'),
    (found) => found !== null,
  )
  await until(
    () => parkedOf('b'),
    (found) => found.length === 2,
  )

  const release = of(
    'b',
    { type: 'HeldEventsReleased', by: 'operator', droppedMessage: null, reason: null },
    5,
  )
  await publish(release)
  await until(
    () => parkedOf('b'),
    (found) => found.length === 4,
  )
  expect(parkedOf('b')).toEqual(Array(4).fill('PARKED UNEXPECTED'))
  expect((await headOf('b'))?.incomplete).not.toBeNull()

  broken = false
  await releaseHeld(
    await stack.store.heldPatients(),
    line.publisher,
    line.registry,
    Date.now() * 1000,
  )
  await until(
    () => parkedOf('b'),
    (found) => found.length === 6,
  )
  expect(parkedOf('b').slice(4)).toEqual(Array(2).fill('RELEASED UNEXPECTED'))
  expect((await headOf('b'))?.incomplete).toBeNull()
  expect(await stack.mongo.entries.findOne({ patient: `RJZ|${run}-b` })).toMatchObject({
    data: { status: 'closed', admittedAt: at(1), dischargedAt: at(9) },
  })
  expect(
    await until(
      () => stack.store.heldPatients(),
      (found) => found.length === 0,
    ),
  ).toEqual([])
})

test.each([
  ['in no wire format', Buffer.from('nonsense')],
  ['of an unregistered schema', Buffer.from([0, 127, 0, 0, 1, 2])],
  ['cut short', null],
])('a record %s holds the patient of its key', async (name, bytes) => {
  const patient = name.replaceAll(' ', '-')
  const whole = line.outgoing(of(patient, details({ sex: 'MALE' }), 1))
  await line.publisher.publish([
    { ...whole, value: bytes ?? whole.value.subarray(0, 20) },
    line.outgoing(of(patient, details({}), 2)),
  ])
  expect(
    (
      await until(
        () => headOf(patient),
        (found) => found !== null,
      )
    )?.incomplete?.code,
  ).toBe('INVALID_RECORD')
  await until(
    () => parkedOf(patient),
    (found) => found.length === 2,
  )
})
