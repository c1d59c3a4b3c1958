import { expect, test } from 'vitest'
import { announcementOf } from './announce.ts'
import { arrivalOf } from '../consume/consume.ts'
import type { Arrival } from './arrival.ts'
import { arrival, nothing, of } from './arrival.fixture.ts'
import { type Folds, folds } from './apply-events.ts'
import { newHead } from '@tideway/record/demographics/head'
import { details, event, patient, visit } from '@tideway/record/entries/histories.fixture'
import { type LoadedDocuments, project, type Projected } from './project.ts'

const noon = new Date('2026-07-01T12:00:00Z')
const later = new Date('2026-07-01T13:00:00Z')
const other = 'RJZ|T200'

const release = (offset: number, droppedMessage: string | null = null): Arrival =>
  arrival(
    {
      ...event(details({}), 99),
      id: 'r.0',
      messageId: 'r',
      body: {
        type: 'HeldEventsReleased',
        by: 'operator',
        droppedMessage,
        reason: droppedMessage === null ? null : 'sent in error',
      },
    },
    offset,
  )

const poison = event(visit('PatientAdmitted', null), 1)
/** Folds that fail on one message. */
const failing: Folds = {
  ...folds,
  entry: (before, of) => {
    if (of.messageId === poison.messageId) throw new TypeError('a defect')
    return folds.entry(before, of)
  },
}
const before = event(details({ sex: 'MALE' }), 0)
const after = event(visit('PatientDischarged', null), 2)
const elsewhere = event(visit('PatientAdmitted', null), 3, { patientKey: other })
const batch = [before, poison, elsewhere, after].map(arrival)

const announced = (projected: Projected) =>
  announcementOf(projected, false, 1).parked.map(({ messageId, state, problem, by }) => [
    messageId,
    state,
    problem.code,
    problem.place,
    by,
  ])

test('an event that fails and all later ones of its patient are held; earlier ones and other patients are applied', () => {
  const projected = project(2, batch, nothing, failing, noon)
  const held = of(projected, patient)
  expect(held.head).toMatchObject({
    incomplete: { since: noon, code: 'UNEXPECTED' },
    details: { RJZ: [{ message: 'm0' }] },
    encounters: [],
  })
  expect(held.entries).toEqual([])
  expect(
    held.hold.map(({ _id, offset, partition, message, problem }) => [
      _id,
      offset,
      partition,
      message,
      problem,
    ]),
  ).toEqual([
    [`${patient}|00000000000000000001`, 1, 2, 'm1', { code: 'UNEXPECTED', place: 'PV1[1]' }],
    [`${patient}|00000000000000000003`, 3, 2, 'm2', null],
  ])
  expect(held.projections.map(({ _id }) => _id)).toEqual([`m0|${patient}`])
  expect(announced(held)).toEqual([
    ['m1', 'PARKED', 'UNEXPECTED', 'PV1[1]', null],
    ['m2', 'PARKED', 'UNEXPECTED', 'PV1[1]', null],
  ])
  expect(of(projected, other).head.incomplete).toBeNull()
  expect(of(projected, other).entries).toHaveLength(1)
})

test('a message with a held event does not count as applied', () => {
  const same = [event(details({}), 1), poison].map((each, offset) => arrival(each, offset))
  expect(of(project(0, same, nothing, failing, noon), patient).projections).toEqual([])
})

test('a record that is not an event holds the patient of its key; without a key it holds no patient', () => {
  const unreadable = {
    offset: 5,
    key: patient,
    value: null,
    record: Buffer.from([9]),
    header: (name: string) =>
      name === 'ce_id' ? 'm7.1' : name === 'ce_source' ? '/sources/RJZ' : null,
    timestamp: 0,
  }
  const held = of(
    project(0, [arrivalOf(unreadable), arrival(after, 6)], nothing, folds, noon),
    patient,
  )
  expect(held.hold.map(({ message, source, problem }) => [message, source, problem])).toEqual([
    ['m7', 'RJZ', { code: 'INVALID_RECORD', place: 'record' }],
    ['m2', 'RJZ', null],
  ])
  expect(arrivalOf({ ...unreadable, key: 'nobody' }).patient).toBe('')
})

const incomplete = {
  ...newHead(patient),
  version: 3,
  incomplete: { since: noon, code: 'UNEXPECTED', offset: 1 },
}
const waiting: LoadedDocuments = {
  ...nothing,
  heads: new Map([[patient, incomplete]]),
  held: new Map([[patient, [arrival(poison, 1), arrival(after, 3)]]]),
}

test('while events of a patient are held, new ones are held too', () => {
  const held = of(
    project(0, [arrival(before, 8)], { ...waiting, held: new Map() }, folds, later),
    patient,
  )
  expect([held.hold.length, held.headChanged, held.entries]).toEqual([1, false, []])
})

test('a redelivered event from before the first held one is applied again', () => {
  const again = of(
    project(0, [arrival(before, 0)], { ...waiting, held: new Map() }, folds, later),
    patient,
  )
  expect([again.hold, again.result.applied.length, again.head.incomplete?.offset]).toEqual([
    [],
    1,
    1,
  ])
})

test('a release applies the held events in order, before later ones', () => {
  const released = of(
    project(0, [arrival(before, 7), release(8), arrival(elsewhere, 9)], waiting, folds, later),
    patient,
  )
  expect(released.head).toMatchObject({ incomplete: null, version: 4 })
  expect(released.result.applied.map(({ event: { messageId } }) => messageId)).toEqual([
    'm1',
    'm2',
    'm0',
  ])
  expect(released.unhold).toHaveLength(3)
  expect(released.hold).toEqual([])
  expect(announced(released)).toEqual([
    ['m1', 'RELEASED', 'UNEXPECTED', 'PV1[1]', 'operator'],
    ['m2', 'RELEASED', 'UNEXPECTED', 'PV1[1]', 'operator'],
    ['m0', 'RELEASED', 'UNEXPECTED', 'PID[1]', 'operator'],
  ])
})

test('a release that fails changes nothing', () => {
  const still = of(project(0, [release(8)], waiting, failing, later), patient)
  expect(still.head.incomplete).toEqual({ since: noon, code: 'UNEXPECTED', offset: 1 })
  expect([still.headChanged, still.unhold, still.hold.length]).toEqual([false, [], 2])
  expect(announced(still).map(([message, state]) => [message, state])).toEqual([
    ['m1', 'PARKED'],
    ['m2', 'PARKED'],
  ])
})

test('a dropped message is never applied; the events held after it are, in order', () => {
  const left = of(
    project(0, [release(8, 'm1'), arrival(elsewhere, 9)], waiting, failing, later),
    patient,
  )
  expect(left.head).toMatchObject({ incomplete: null, version: 4 })
  expect(left.result.applied.map(({ event: { messageId } }) => messageId)).toEqual(['m2'])
  expect([left.hold, left.unhold.length, left.projections.map(({ _id }) => _id)]).toEqual([
    [],
    2,
    [`m2|${patient}`],
  ])
  expect(announced(left)).toEqual([
    ['m2', 'RELEASED', 'UNEXPECTED', 'PV1[1]', 'operator'],
    ['m1', 'DROPPED', 'UNEXPECTED', 'PV1[1]', 'operator'],
  ])
  expect(announcementOf(left, false, 1).parked.map(({ reason }) => reason)).toEqual([
    null,
    'sent in error',
  ])
})

test('dropping a waiting message does not apply the one it waits for', () => {
  const still = of(project(0, [release(8, 'm2')], waiting, failing, later), patient)
  expect(still.head.incomplete).toEqual({ since: noon, code: 'UNEXPECTED', offset: 1 })
  expect([still.hold.length, still.unhold.length]).toEqual([1, 1])
})

test('dropping a message that is not held changes nothing', () => {
  expect(of(project(0, [release(8, 'm1')], nothing, folds, later), patient)).toMatchObject({
    headChanged: false,
    entries: [],
    hold: [],
    unhold: [],
  })
})

test('a release with nothing held changes nothing', () => {
  expect(of(project(0, [release(8)], nothing, folds, later), patient)).toMatchObject({
    headChanged: false,
    entries: [],
    hold: [],
    unhold: [],
  })
})
