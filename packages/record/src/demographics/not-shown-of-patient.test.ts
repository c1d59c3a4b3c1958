import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { details, event, observation, patient, result } from '../entries/histories.fixture.ts'
import { evolveHead, newHead } from './head.ts'

/** Demographics from a message that says more of the patient at these places. */
const told = (minute: number, ...places: string[]): PatientEvent => ({
  ...event(details({}), minute),
  place: 'PID[1]',
  notShown: places.length === 0 ? null : { count: places.length, places },
})
const from = (source: string, one: PatientEvent): PatientEvent => ({ ...one, source })
const headAfter = (...events: PatientEvent[]): PatientHead =>
  events.reduce(evolveHead, newHead(patient))
const placesAfter = (...events: PatientEvent[]) => {
  const inOrder = headAfter(...events).notShownOfPatient
  expect(headAfter(...events.toReversed()).notShownOfPatient).toEqual(inOrder)
  return (inOrder ?? []).map(({ places }) => places)
}

test('what belongs to no entry is kept with the patient', () => {
  expect(placesAfter(told(1, 'XYZ[1]-1', 'XYZ[1]-2'))).toEqual([['XYZ[1]-1', 'XYZ[1]-2']])
  expect(headAfter(told(1))).not.toHaveProperty('notShownOfPatient')
})

test('a later message that says nothing of it does not clear it', () => {
  expect(placesAfter(told(1, 'XYZ[1]-1'), told(2))).toEqual([['XYZ[1]-1']])
})

test('the demographics are said again with each message of a sender', () => {
  expect(placesAfter(told(1, 'PID[1]-7'), told(2))).toEqual([])
  expect(placesAfter(told(1, 'PID[1]-7'), from('RJ1', told(2)))).toEqual([['PID[1]-7']])
  expect(placesAfter(told(1, 'PID[1]-7'), told(2, 'PID[1]-7', 'PD1[1]-7'))).toEqual([
    ['PID[1]-7', 'PD1[1]-7'],
  ])
})

test('what a sender never has read counts once', () => {
  expect(placesAfter(told(1, 'PV1[1]-15'), told(2, 'PV1[1]-15'))).toEqual([['PV1[1]-15']])
})

test('what belongs to an entry is not kept here', () => {
  const ofReport: PatientEvent = {
    ...event(result([observation('F', '4')]), 3),
    notShown: { count: 1, places: ['OBX[1]-29'] },
  }
  expect(headAfter(ofReport)).not.toHaveProperty('notShownOfPatient')
})

test('of very many messages the newest are kept, and few places of each', () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    told(n, ...Array.from({ length: 9 }, (__, m) => `X${String(n).padStart(2, '0')}[1]-${m + 1}`)),
  )
  const kept = headAfter(...many).notShownOfPatient ?? []
  expect(kept.map(({ message, count }) => [message, count])).toEqual(
    [28, 29].map((n) => [`m${n}`, 9]),
  )
  expect(kept.every(({ places }) => places.length === 3)).toBe(true)
  expect(headAfter(...many)).toHaveProperty('notShownBefore', true)
  expect(headAfter(...many.slice(0, 2))).not.toHaveProperty('notShownBefore')
})

test('the same event again changes nothing, and a better mapping clears it', () => {
  const once = told(1, 'XYZ[1]-1')
  expect(headAfter(once, once)).toEqual(headAfter(once))
  expect(headAfter(once, { ...once, notShown: null })).not.toHaveProperty('notShownOfPatient')
})
