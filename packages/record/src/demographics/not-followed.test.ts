import type { PatientHead } from '@tideway/schemas/documents/head'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, event, identifier } from '../entries/histories.fixture.ts'
import { evolveHead, newHead } from './head.ts'
import { countNotFollowed } from './not-followed.ts'

const [a, b] = ['RJZ|A', 'RJZ|B']

/** Each patient has the bodies of its key; all of one index are of one message. */
type Told = Record<string, EventBody>

/** Heads of the patients after these messages, the same in reverse order. */
const headsAfter = (...messages: Told[]): Record<string, PatientHead> => {
  const keys = [...new Set(messages.flatMap(Object.keys))]
  return Object.fromEntries(
    keys.map((key) => {
      const events = messages.flatMap((told, index) =>
        told[key] === undefined
          ? []
          : [event(told[key], index, { patientKey: key, messageId: `m${index}` })],
      )
      const head = events.reduce(evolveHead, newHead(key))
      expect(events.toReversed().reduce(evolveHead, newHead(key))).toEqual(head)
      return [key, head]
    }),
  )
}

const both = (body: EventBody): Told => ({ [a]: body, [b]: body })
const merged: EventBody = { ...unsaid.PatientsMerged(), survivingKey: a, priorKeys: [b] }
const linked: Told = {
  [a]: { ...unsaid.PatientsLinked(), otherKeys: [b] },
  [b]: { ...unsaid.PatientsLinked(), otherKeys: [a] },
}
const unlinked: Told = {
  [a]: { ...unsaid.PatientsUnlinked(), otherKeys: [b] },
  [b]: { ...unsaid.PatientsUnlinked(), otherKeys: [a] },
}
const between = { fromKey: b, toKey: a, at: at(1) }

const statements: [string, Told][] = [
  ['merge of patients (A18, A30, A34, A36, A39, A40, FHIR replaced-by)', both(merged)],
  ['link (A24, FHIR seealso)', linked],
  ['move of a visit (A45)', both({ ...unsaid.EncounterMoved(), ...between, encounterIds: ['V1'] })],
  ['move of an account (A44)', both({ ...unsaid.AccountMoved(), ...between })],
  ['move of identifiers (A43)', both({ ...unsaid.IdentifiersMoved(), ...between })],
  [
    'change of a patient number (A46, A47)',
    both({ ...unsaid.IdentifiersChanged(), subject: 'PATIENT', priorKeys: [b] }),
  ],
  [
    'merge of visits (A35, A41, A42)',
    both({ ...unsaid.EncountersMerged(), encounterId: 'V1', priorEncounterIds: ['V2'] }),
  ],
]

test.each(statements)('%s: both records say so, and both together hide nothing', (_, told) => {
  const heads = headsAfter(told)
  const [one, other] = [heads[a] as PatientHead, heads[b] as PatientHead]
  expect([countNotFollowed([one]), countNotFollowed([other])]).toEqual([1, 1])
  expect(countNotFollowed([one, other])).toBe(0)
})

test('a merge of visits or a changed visit number of one patient is not followed either', () => {
  for (const body of [
    { ...unsaid.EncountersMerged(), encounterId: 'V1', priorEncounterIds: ['V2'] },
    { ...unsaid.IdentifiersChanged(), subject: 'VISIT', priorEncounterId: 'V1', encounterId: 'V2' },
  ])
    expect(countNotFollowed([headsAfter({ [a]: body })[a] as PatientHead])).toBe(1)
})

test('an unlink takes back an earlier merge or link of the two in any order, never a later one or a move', () => {
  for (const told of [both(merged), linked]) {
    const after = headsAfter(told, unlinked)
    for (const key of [a, b]) expect(countNotFollowed([after[key] as PatientHead])).toBe(0)
    const again = headsAfter(told, unlinked, told)
    for (const key of [a, b]) expect(countNotFollowed([again[key] as PatientHead])).toBe(1)
  }
  const moved = headsAfter(both({ ...unsaid.EncounterMoved(), ...between }), unlinked)
  for (const key of [a, b]) expect(countNotFollowed([moved[key] as PatientHead])).toBe(1)
})

test('an unlink from one of several merged patients leaves the others', () => {
  const c = 'RJZ|C'
  const two: EventBody = { ...unsaid.PatientsMerged(), survivingKey: a, priorKeys: [b, c] }
  const heads = headsAfter({ [a]: two, [b]: two, [c]: two }, unlinked)
  expect(countNotFollowed([heads[a] as PatientHead])).toBe(1)
  expect(countNotFollowed([heads[a], heads[c]] as PatientHead[])).toBe(1)
  expect(countNotFollowed([heads[a], heads[b], heads[c]] as PatientHead[])).toBe(0)
})

test('several merges of one message are all kept', () => {
  const events = ['RJZ|B', 'RJZ|C'].map((prior, index) =>
    event({ ...merged, priorKeys: [prior], prior: [identifier(prior)] } as EventBody, 0, {
      patientKey: a,
      messageId: 'm0',
      id: `m0.${index}`,
      place: `MRG[${index + 1}]`,
    }),
  )
  const head = events.reduce(evolveHead, newHead(a))
  expect(head.merges).toMatchObject([{ priorKeys: ['RJZ|B', 'RJZ|C'] }])
  expect(events.toReversed().reduce(evolveHead, newHead(a))).toEqual(head)
})

test('what is no longer known still counts', () => {
  const links = Array.from({ length: 12 }, () => [linked, unlinked]).flat()
  const head = headsAfter(both(merged), ...links)[a] as PatientHead
  expect(head.identityCut).toBe(true)
  expect(countNotFollowed([head])).toBe(1)
})

test('a removal, an unlink alone and a number that keys nothing hide nothing', () => {
  const head = headsAfter(
    { [a]: unsaid.PatientRemoved() },
    unlinked,
    { [a]: { ...unsaid.IdentifiersChanged(), subject: 'ACCOUNT' } },
    { [a]: { ...unsaid.IdentifiersChanged(), subject: 'ALTERNATE_VISIT' } },
  )[a] as PatientHead
  expect(countNotFollowed([head])).toBe(0)
})
