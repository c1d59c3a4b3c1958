import type { Statement } from '@tideway/schemas/documents/entry'
import { type EventBody, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { coded } from '@tideway/record/entries/histories.fixture'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entriesAfter, eventsOf, medicine, request, statesOf } from './match-order.fixture.ts'

test('a message that stops one order finds the order that shared its number with others', () => {
  expect(
    statesOf(
      eventsOf(medicine('NW', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B'), medicine('DC', 'P1', 'A')),
    ),
  ).toEqual(['P1^A stopped', 'P1^B active'])
  expect(
    statesOf(
      eventsOf(request('NW', 'R1^A', 'A'), request('NW', 'R1^B', 'B'), request('CA', 'R1', 'B')),
    ),
  ).toEqual(['R1^A active', 'R1^B cancelled'])
})

test('a response to one of several orders with one number moves that one', () => {
  const answered = (control: string | null, response: string, code: string): EventBody => ({
    ...unsaid.RequestReported(),
    requestId: 'R1',
    control,
    response,
    service: coded(code),
  })
  const orders = [request('NW', 'R1^A', 'A'), request('NW', 'R1^B', 'B')]
  expect(statesOf(eventsOf(...orders, answered('UA', 'AA', 'B')))).toEqual([
    'R1^A active',
    'R1^B rejected',
  ])
  expect(statesOf(eventsOf(...orders, answered(null, 'AR', 'A')))).toEqual([
    'R1^A unknown',
    'R1^B active',
  ])
})

test('a message with several orders finds one sent alone', () => {
  expect(
    statesOf(
      eventsOf(medicine('NW', 'P1', 'A'), medicine('DC', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B')),
    ),
  ).toEqual(['P1 stopped', 'P1^B active'])
})

test('either order of messages gives the same entries', () => {
  const all = eventsOf(
    medicine('NW', 'P1^A', 'A'),
    medicine('NW', 'P1^B', 'B'),
    medicine('XO', 'P1', 'A'),
    medicine('DC', 'P1', 'A'),
  )
  const content = (events: readonly PatientEvent[]) =>
    entriesAfter(events)
      .map(({ data }) =>
        JSON.stringify([
          (data as unknown as Statement).status,
          (data as unknown as Statement).reported.map((one) => ({ ...one, prescriptionId: null })),
        ]),
      )
      .toSorted()
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(content(shuffled)).toEqual(content(all))
    }),
  )
})

test('an order for another service, or not from HL7 v2, keeps its own key', () => {
  const both = [medicine('NW', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B')]
  const rest = ['P1^A active', 'P1^B active']
  expect(statesOf(eventsOf(...both, medicine('DC', 'P1', 'C')))).toEqual([...rest, 'P1 stopped'])
  expect(statesOf(eventsOf(...both, medicine('DC', 'P2', 'A')))).toEqual([...rest, 'P2 stopped'])
  expect(statesOf(eventsOf(...both, medicine(null, 'P1', 'A')))).toEqual([...rest, 'P1 unknown'])
})

test('a repeated event applies to the same entry', () => {
  const events = eventsOf(
    medicine('NW', 'P1^A', 'A'),
    medicine('NW', 'P1^B', 'B'),
    medicine('DC', 'P1', 'A'),
  )
  expect(statesOf([...events, ...events])).toEqual(statesOf(events))
})
