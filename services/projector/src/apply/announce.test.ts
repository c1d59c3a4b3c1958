import { expect, test } from 'vitest'
import {
  details,
  event,
  observation,
  patient,
  result,
} from '@tideway/record/entries/histories.fixture'
import { announcementOf } from './announce.ts'
import { folds } from './apply-events.ts'
import { arrival, nothing, of } from './arrival.fixture.ts'
import { project } from './project.ts'

const noon = new Date('2026-07-01T12:00:00Z')
const later = new Date('2026-07-01T13:00:00Z')
const before = event(details({ sex: 'MALE' }), 0)

test('a change is published once; again only just after assignment of the partition, or if it changed something', () => {
  const fresh = of(project(0, [arrival(before, 0)], nothing, folds, noon), patient)
  expect(announcementOf(fresh, false, 5).change).toMatchObject({
    patientKey: patient,
    version: 1,
    messages: ['m0'],
    readableAt: 5,
    changes: [{ kind: 'patient', event: 'PatientDetailsReported' }],
  })
  const known = {
    ...nothing,
    heads: new Map([[patient, fresh.head]]),
    applied: new Map([[`m0|${patient}`, before.receivedAt]]),
  }
  const again = of(project(0, [arrival(before, 0)], known, folds, later), patient)
  expect(announcementOf(again, false, 6).change).toBeNull()
  expect(announcementOf(again, true, 6).change).toMatchObject({ version: 1, messages: ['m0'] })
  const better = of(
    project(0, [arrival({ ...before, body: details({ sex: 'FEMALE' }) }, 1)], known, folds, later),
    patient,
  )
  expect(announcementOf(better, false, 6).change).toMatchObject({ version: 2, messages: ['m0'] })
})

test('a message that comes again is not published because another of the batch changed its entry or head', () => {
  const first = [
    event(details({ sex: 'MALE' }), 0),
    event(result([observation('F', '7.1', { flags: ['HH'] })]), 1),
  ]
  const fresh = of(project(0, first.map(arrival), nothing, folds, noon), patient)
  const known = {
    ...nothing,
    heads: new Map([[patient, fresh.head]]),
    entries: new Map(fresh.entries.map((entry) => [entry._id, entry])),
    applied: new Map(
      first.map(({ messageId, receivedAt }) => [`${messageId}|${patient}`, receivedAt]),
    ),
  }
  const newer = [
    event(details({ sex: 'FEMALE' }), 2),
    event(result([observation('C', '4.1')], { status: 'C' }), 3),
  ]
  for (const batch of [
    [...first, ...newer],
    [...newer, ...first],
  ]) {
    const projected = of(
      project(
        0,
        batch.map((each, index) => arrival(each, 10 + index)),
        known,
        folds,
        later,
      ),
      patient,
    )
    const { change } = announcementOf(projected, false, 6)
    expect(change?.messages).toEqual(newer.map(({ messageId }) => messageId))
    expect(change?.changes.map(({ kind, alarms }) => [kind, alarms])).toEqual([
      ['patient', []],
      ['report', []],
    ])
    expect(announcementOf(projected, true, 6).change?.messages).toHaveLength(4)
  }
})

test('an alarm is published with its change; two reports of one entry give all their alarms', () => {
  const alarming = [0, 1].map((sent) =>
    event(result([observation(sent === 0 ? 'W' : 'F', '7.1', { flags: ['HH'] })]), sent),
  )
  const projected = of(project(0, alarming.map(arrival), nothing, folds, noon), patient)
  expect(
    announcementOf(projected, false, 1).change?.changes.map(({ kind, alarms }) => [
      kind,
      alarms.map(({ code, message }) => [code, message]),
    ]),
  ).toEqual([
    [
      'report',
      [
        ['WRONG_PATIENT', 'm0'],
        ['CRITICAL_RESULT', 'm1'],
      ],
    ],
  ])
})

test('a critical value that comes after the cancellation of its report is announced without an alarm', () => {
  const messages = [
    event(result([], { status: 'X' }), 2),
    event(result([observation('F', '7.1', { flags: ['HH'] })], { status: 'F' }), 1),
  ]
  const alarmsOf = (events: typeof messages) =>
    announcementOf(
      of(project(0, events.map(arrival), nothing, folds, noon), patient),
      false,
      1,
    ).change?.changes.map(({ kind, alarms }) => [kind, alarms.map(({ code }) => code)])
  expect(alarmsOf(messages)).toEqual([['report', []]])
  expect(alarmsOf(messages.slice(1))).toEqual([['report', ['CRITICAL_RESULT']]])
})
