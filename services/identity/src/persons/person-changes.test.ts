import type { StoredPerson, PersonMember } from '@tideway/schemas/documents/identity'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { personChanges } from './person-changes.ts'

const at = new Date(1)
const member = (patient: string, rule = 'founder'): PersonMember => ({
  ...{ patient, organisation: patient.slice(0, 3), identifier: patient.slice(4) },
  ...{ since: new Date(0), by: 'tideway', rule, score: null },
})
const person = (founder: string, ...patients: string[]): StoredPerson => ({
  _id: publicId(founder),
  members: [founder, ...patients].toSorted().map((one) => member(one)),
  ...{ version: 1, at: new Date(0), decisions: [] },
})
const wanted = (founder: string, ...patients: string[]) => ({
  founder,
  members: [founder, ...patients].map((one) => member(one)),
  decisions: [],
})
const before = (...persons: StoredPerson[]) => new Map(persons.map((one) => [one._id, one]))
const keys = (members: readonly PersonMember[] = []) => members.map(({ patient }) => patient)

test('what is as it was is not written', () => {
  const changes = personChanges(
    before(person('RJZ|1', 'RJ1|1')),
    [wanted('RJZ|1', 'RJ1|1')],
    at,
    [],
  )
  expect(changes).toEqual({ losing: [], gaining: [] })
})

test('who joins another person leaves its own first, and the event names exactly that', () => {
  const { losing, gaining } = personChanges(
    before(person('RJZ|1'), person('RJ1|1')),
    [wanted('RJZ|1', 'RJ1|1')],
    at,
    ['m'],
  )
  expect(losing).toMatchObject([{ _id: publicId('RJ1|1'), members: [], version: 2 }])
  const [joined] = gaining
  const [change] = joined?.pending ?? []
  expect(keys(joined?.members)).toEqual(['RJ1|1', 'RJZ|1'])
  expect([keys(change?.linked), keys(change?.unlinked), change?.messages]).toEqual([
    ['RJ1|1'],
    [],
    ['m'],
  ])
})

test('who leaves is a person again, with the id it had', () => {
  const emptied = { ...person('RJ1|1'), members: [], version: 2 }
  const { losing, gaining } = personChanges(
    before(person('RJZ|1', 'RJ1|1'), emptied),
    [wanted('RJZ|1'), wanted('RJ1|1')],
    at,
    [],
  )
  expect(losing).toMatchObject([{ _id: publicId('RJZ|1') }])
  expect(keys(losing[0]?.pending?.[0]?.unlinked)).toEqual(['RJ1|1'])
  expect(gaining).toMatchObject([{ _id: emptied._id, version: 3 }])
})

test('a decision that moves nobody is noted, and is no event', () => {
  const decided = { ...wanted('RJZ|1'), decisions: ['d'] }
  const { losing } = personChanges(before(person('RJZ|1')), [decided], at, [])
  expect(losing).toMatchObject([{ decisions: ['d'], version: 2 }])
  expect(losing[0]?.pending).toBeUndefined()
})

test('a change that was not published yet is kept with the next', () => {
  const [first] = personChanges(new Map(), [wanted('RJZ|1')], at, []).gaining
  const { gaining } = personChanges(
    before(first as StoredPerson),
    [wanted('RJZ|1', 'RJ1|1')],
    at,
    [],
  )
  expect(gaining[0]?.pending?.map(({ version }) => version)).toEqual([1, 2])
})
