import type { StoredFact } from '@tideway/schemas/documents/identity'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { named, nowhere, traits } from '../traits.fixture.ts'
import { movesOf } from './moves.ts'
import { personsOf } from './persons.ts'
import type { IdentityFacts } from './statement.ts'

const heard = (minute: number) => new Date(Date.UTC(2026, 6, 1, 9, minute))
const fact = (minute: number, body: StoredFact['body']): StoredFact => ({
  id: `m${minute}.0`,
  message: `m${minute}`,
  version: `${100 + minute}`,
  receivedAt: heard(minute),
  source: 'RJZ',
  body,
})
const identity = (
  patient: string,
  minute: number,
  facts: StoredFact[] = [],
  its: IdentityFacts['traits'] = traits({ patient }),
): IdentityFacts => ({ _id: patient, traits: its, firstHeard: heard(minute), facts })
const merge = { ...unsaid.PatientsMerged(), priorKeys: ['RJZ|2'], survivingKey: 'RJZ|1' }
const automatic = { a: 'RJ1|3', b: 'RJZ|2', how: 'auto', rule: 'number', score: 21 } as const

test('each member says who or what put it in its person, when and by which rule', () => {
  const all = [
    identity('RJZ|1', 2, [fact(5, merge)]),
    identity('RJZ|2', 1, [fact(5, merge)]),
    identity('RJ1|3', 3),
  ]
  expect(personsOf(all, [automatic]).persons).toEqual([
    {
      founder: 'RJZ|2',
      members: [
        member('RJZ|2', 'tideway', 'founder', null, 1),
        member('RJZ|1', 'm5', 'sender-merged', null, 5),
        member('RJ1|3', 'tideway', 'number', 21, 3),
      ],
    },
  ])
})

const member = (patient: string, by: string, rule: string, score: number | null, at: number) => ({
  patient,
  organisation: patient.slice(0, 3),
  identifier: patient.slice(4),
  since: heard(at),
  by,
  rule,
  score,
})

test('a patient whose record nobody has yet is a member all the same', () => {
  const all = [identity('RJZ|1', 2), identity('RJZ|2', 5, [fact(5, merge)], null)]
  expect(personsOf(all, []).persons).toMatchObject([{ founder: 'RJZ|1', members: [{}, {}] }])
})

test('an older merge that names no survivor is of the patient that it is reported for', () => {
  const older = { ...merge, survivingKey: null }
  expect(
    personsOf([identity('RJZ|1', 2, [fact(5, older)]), identity('RJZ|2', 1)], []).persons,
  ).toHaveLength(1)
})

test('a patient that no message is about yet is in no person', () => {
  expect(personsOf([identity('RJZ|1', 2, [fact(5, merge)])], []).persons).toHaveLength(1)
})

test('matching is not heard where a pair is unlinked, and a third is not a way round', () => {
  const unlink = { ...unsaid.PatientsUnlinked(), otherKeys: ['RJZ|2'] }
  const unlike = { ...nowhere, ...named('', ''), birthDate: null, nhsNumber: null }
  const all = [
    identity('RJZ|1', 1, [fact(5, unlink)], traits({ patient: 'RJZ|1', ...unlike })),
    identity('RJZ|2', 2, [], traits({ patient: 'RJZ|2', ...unlike })),
    identity('RJ1|3', 3, [], traits({ patient: 'RJ1|3', ...unlike })),
  ]
  const edge = { how: 'auto', rule: 'traits', score: 30 } as const
  const result = personsOf(all, [
    { a: 'RJZ|1', b: 'RJZ|2', ...edge },
    { a: 'RJZ|1', b: 'RJ1|3', ...edge },
    { a: 'RJZ|2', b: 'RJ1|3', ...edge },
  ])
  expect(result.persons).toHaveLength(3)
  expect(result.items.map(({ kind, patients }) => [kind, ...patients])).toEqual([
    ['bridge', 'RJ1|3', 'RJZ|1'],
    ['bridge', 'RJ1|3', 'RJZ|2'],
  ])
})

test('a visit that moves from a patient who is not named is listed without one', () => {
  const moved = { ...unsaid.EncounterMoved(), toKey: 'RJZ|1', encounterIds: ['V1'] }
  expect(movesOf([identity('RJZ|1', 1, [fact(5, moved)])])).toEqual([
    { kind: 'encounter', from: null, to: 'RJZ|1', id: 'V1', toId: 'V1', version: '105' },
  ])
})
