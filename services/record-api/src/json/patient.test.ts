import { fitHead } from '@tideway/record/demographics/fit-head'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { publicId } from '@tideway/schemas/public-id'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { details, eventsOf } from '../events.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { PatientAnswer, patientOf } from './patient.ts'

const answer = answerOf<PatientAnswer>(PatientAnswer)

const shown = (...bodies: EventBody[]) => {
  const event = eventsOf(Date.UTC(2026, 6, 1))
  const head = bodies
    .map((body) => event('RJZ', 'RJZ|1', 'PID[1]', body))
    .reduce(evolveHead, newHead('RJZ|1'))
  return answer(patientOf(head, new Map()))
}
const removed: EventBody = { ...unsaid.PatientRemoved(), at: '2026-06-30T10:00:00+01:00' }

test('a patient removed by the sender is shown as removed until registered again', () => {
  expect(shown(details({ sex: 'MALE' }), removed)).toMatchObject({
    sex: 'male',
    sexAsSent: 'MALE',
    removed: {
      at: '2026-06-30T10:00:00+01:00',
      source: 'RJZ',
      receivedAt: '2026-07-01T00:02:00.000Z',
      message: 'RJZ-2',
      segment: 'PID[1]',
    },
  })
  expect(shown(removed, details({ registers: true })).removed).toBeUndefined()
})

test('the current name heads the record, wherever it stands among those sent', () => {
  const name = (family: string, use: string) => ({ ...unsaid.PersonName(), family, use })
  const names = [name('Formerly', 'M'), name('Birth', 'B'), name('Probe', 'L')]
  expect(shown(details({ names })).name).toMatchObject({ family: 'Probe' })
})

test('a number that was merged into another names the surviving patient', () => {
  const merged: EventBody = {
    ...unsaid.PatientsMerged(),
    surviving: [],
    prior: [],
    priorKeys: ['RJZ|1'],
    survivingKey: 'RJZ|9',
    mergedAt: '2026-06-30',
  }
  const patient = shown(merged)
  expect([...Value.Errors(PatientAnswer, patient)]).toEqual([])
  expect(patient.identity).toMatchObject([
    {
      event: 'PatientsMerged',
      others: [{ organisation: 'RJZ', identifier: '9', patient: publicId('RJZ|9') }],
      at: '2026-06-30',
      message: 'RJZ-1',
    },
  ])
  expect(patient.merges).toEqual([])
})

test('a visit that was moved names the visit and the other patient', () => {
  const moved: EventBody = {
    ...unsaid.EncounterMoved(),
    fromKey: 'RJZ|1',
    toKey: 'RJZ|9',
    encounterIds: ['V1'],
  }
  expect(
    shown(moved, { ...unsaid.PatientsLinked(), otherKeys: ['RJ1|7'] }).identity.map(
      ({ event, others, encounters }) => [
        event,
        others.map(({ organisation, identifier }) => organisation + identifier),
        encounters,
      ],
    ),
  ).toEqual([
    ['PatientsLinked', ['RJ17'], []],
    ['EncounterMoved', ['RJZ9'], ['V1']],
  ])
})

test('Z segments are shown by name with their fields, the newest of the organisation itself', () => {
  expect(shown(details({ zSegments: ['ZU1|1|A^B'] }), details({ sex: 'MALE' }))).toMatchObject({
    zSegments: { segments: [{ name: 'ZU1', fields: ['1', 'A^B'] }], message: 'RJZ-1' },
  })
  expect(shown(details({}))).not.toHaveProperty('zSegments')
})

test('what has no room in the head is counted', () => {
  const identifiers = Array.from({ length: 300 }, (_, index) => ({
    ...unsaid.Identifier(),
    value: `${index}`.padStart(40, '0'),
  }))
  const event = eventsOf(Date.UTC(2026, 6, 1))
  const told = event('RJZ', 'RJZ|1', 'PID[1]', details({ identifiers }))
  const head = fitHead(evolveHead(newHead('RJZ|1'), told))
  const { leftOut } = answer(patientOf(head, new Map()))
  expect(leftOut).toEqual({ identifiers: 300 - head.identifiers.length })
  expect(shown(details({})).leftOut).toBeUndefined()
})
