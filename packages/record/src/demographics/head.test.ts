import type { PatientHead } from '@tideway/schemas/documents/head'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { serialize } from 'bson'
import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import { evolveHead, newHead } from './head.ts'
import { withLines } from '../summary/head-lines.ts'
import {
  at,
  coded,
  details,
  event,
  identifier,
  observation,
  patient,
  result,
  visit,
  ward,
} from '../entries/histories.fixture.ts'

/**
 * What was told by each sender, each a minute after the one before, and then in the other order: it
 * must be the same.
 */
const given = (...told: [string, EventBody][]): PatientHead => {
  const events = told.map(([source, body], index) => event(body, index, { source }))
  const head = events.reduce(evolveHead, newHead(patient))
  expect(events.toReversed().reduce(evolveHead, newHead(patient))).toEqual(head)
  return head
}
const [first, second] = ['9434765919', '9434765870']

test('an older message never replaces what a newer one said, and fields it alone said stay', () => {
  const head = given(
    ['RJZ', details({ sex: 'MALE', birthDate: '2015-03-04' })],
    ['RJZ', details({ sex: 'FEMALE' })],
  )
  expect(head.details['RJZ']?.map(({ message, fields }) => [message, fields])).toEqual([
    ['m1', { sex: 'FEMALE' }],
    ['m0', { birthDate: '2015-03-04' }],
  ])
})

test('what is emptied on purpose is gone, until it is said again', () => {
  const emptied = details({ deleted: ['nhsNumber', 'names'] })
  const named = details({
    nhsNumber: first,
    names: [{ ...unsaid.PersonName(), family: 'Test', given: [] }],
  })
  expect(given(['RJZ', named], ['RJZ', emptied])).toMatchObject({
    nhsNumber: null,
    details: { RJZ: [{ fields: { nhsNumber: null, names: [] } }] },
  })
  expect(given(['RJZ', emptied], ['RJZ', named]).nhsNumber).toBe(first)
})

test('for linking the owner is believed before others, even that there is no number; else the newest', () => {
  expect(
    given(['RJZ', details({ nhsNumber: first })], ['LAB', details({ nhsNumber: second })])
      .nhsNumber,
  ).toBe(first)
  expect(
    given(['LAB', details({ nhsNumber: first })], ['GP', details({ nhsNumber: second })]).nhsNumber,
  ).toBe(second)
  expect(
    given(['RJZ', details({ deleted: ['nhsNumber'] })], ['LAB', details({ nhsNumber: second })])
      .nhsNumber,
  ).toBeNull()
  expect(given(['RJZ', details({ birthDate: '2015-03-04T10:15+00:00' })]).birthDate).toBe(
    '2015-03-04',
  )
})

test('a laboratory never overwrites the hospital', () => {
  const head = given(['RJZ', details({ sex: 'MALE' })], ['LAB', details({ sex: 'FEMALE' })])
  expect(Object.keys(head.details).toSorted()).toEqual(['LAB', 'RJZ'])
  expect(head.details['RJZ']?.[0]?.fields).toEqual({ sex: 'MALE' })
})

test('every identifier stays, each with its newest report', () => {
  const head = given(
    ['RJZ', details({ identifiers: [identifier('1'), identifier('2')] })],
    ['RJZ', details({ identifiers: [{ ...identifier('1'), status: '01' }] })],
  )
  expect(
    head.identifiers.map(({ identifier: { value, status }, message }) => [value, status, message]),
  ).toEqual([
    ['1', '01', 'm1'],
    ['2', null, 'm0'],
  ])
})

test('freshness by sender is that of its newest message', () => {
  const head = given(
    ['RJZ', details({})],
    ['LAB', details({})],
    ['RJZ', visit('VisitUpdated', null)],
  )
  expect(
    Object.entries(head.freshness)
      .map(([source, { sentAt }]) => [source, sentAt?.toISOString()])
      .toSorted(),
  ).toEqual([
    ['LAB', '2026-07-01T00:01:00.000Z'],
    ['RJZ', '2026-07-01T00:02:00.000Z'],
  ])
})

test('a head stays under 16 KB after the longest history', () => {
  const long = 'Paediatric Critical Care, Tower 2, East'
  const flagged = Array.from({ length: 40 }, (_, index) =>
    observation('F', '1234.5', {
      key: `K${index}`,
      code: coded(`K${index}`, long),
      flags: ['HH'],
      place: `OBX[${index}]`,
    }),
  )
  const address = {
    ...unsaid.Address(),
    lines: [long, long],
    city: 'London',
    postcode: 'SE5 9RS',
    country: 'GBR',
    use: 'H',
  }
  const practitioner = {
    ...unsaid.Practitioner(),
    identifier: 'G1234567',
    authority: 'GMC',
    family: long,
    given: ['A'],
    prefix: 'Dr',
  }
  let head = newHead(patient)
  for (let index = 0; index < 300; index += 1) {
    const told = [
      event(
        details({
          addresses: [address],
          gp: practitioner,
          gpPractice: coded('G1', long),
          religion: coded('R', long),
          identifiers: [identifier(`T${index % 8}`)],
        }),
        index * 3,
        { source: `S${index % 4}` },
      ),
      event(
        visit(
          'PatientAdmitted',
          at(index),
          { location: { ...ward(long), room: 'Bay 4', bed: '12' }, patientClass: 'OUTPATIENT' },
          `V${index}`,
        ),
        index * 3 + 1,
      ),
      event(
        result(flagged, {
          reportId: `F${index}^UE`,
          service: coded('UE', long),
          collectedAt: at(index),
        }),
        index * 3 + 2,
      ),
      event(
        {
          type: 'PatientsMerged',
          surviving: [],
          prior: [],
          priorKeys: [`RJZ|P${index}`],
          priorAccount: null,
          priorVisit: null,
          priorNames: [],
          survivingKey: null,
          mergedAt: at(index),
        },
        index * 3 + 1,
      ),
    ]
    for (const each of told.map((one) => ({
      ...one,
      messageId: one.messageId.padStart(32, '0'),
    }))) {
      head = evolveHead(head, each)
      const entry = evolveEntry(null, each)
      if (entry !== null) head = withLines(head, [entry]).head
    }
  }
  expect([
    head.encounters.length,
    head.latestReports.length,
    head.merges.length,
    head.identifiers.length,
  ]).toEqual([12, 12, 10, 8])
  expect(serialize(head).length).toBeLessThan(16 * 1024)
})

test('what is told of links, moves and names of identifiers is remembered, in version order', () => {
  const head = given(
    ['RJZ', { ...unsaid.PatientsLinked(), otherKeys: ['RJZ|2'] }],
    ['RJZ', { ...unsaid.EncounterMoved(), encounterIds: ['V1'] }],
  )
  expect(head.identity.map(({ fact, message }) => [fact.type, message])).toEqual([
    ['PatientsLinked', 'm0'],
    ['EncounterMoved', 'm1'],
  ])
})

test('a removal stands however much is told after it, and erases nothing', () => {
  const after = Array.from({ length: 30 }, (): [string, EventBody] => [
    'RJZ',
    unsaid.PatientsLinked(),
  ])
  const head = given(
    ['RJZ', details({ sex: 'MALE' })],
    ['RJZ', { ...unsaid.PatientRemoved(), at: at(1) }],
    ...after,
  )
  expect([head.removed?.at, head.identity.length, head.details['RJZ']?.length]).toEqual([
    at(1),
    20,
    1,
  ])
})

test('registering the patient again takes a removal before it away, whichever comes first, and not one after it', () => {
  const removed: [string, EventBody] = ['RJZ', { ...unsaid.PatientRemoved(), at: at(1) }]
  const registered: [string, EventBody] = ['RJZ', details({ registers: true })]
  expect(given(removed, registered).removed).toBeNull()
  expect(given(removed, ['RJZ', details({ sex: 'MALE' })]).removed?.at).toBe(at(1))
  expect(given(registered, removed).removed?.at).toBe(at(1))
})

test('a merge is a merge for who survives, and a fact about his record for who does not', () => {
  const merged = (survivingKey: string, priorKeys: string[]): [string, EventBody] => [
    'RJZ',
    {
      type: 'PatientsMerged',
      surviving: [identifier('A')],
      prior: [identifier('B')],
      priorKeys,
      priorAccount: null,
      priorVisit: null,
      priorNames: [],
      survivingKey,
      mergedAt: null,
    },
  ]
  expect(given(merged(patient, ['RJZ|B']))).toMatchObject({
    merges: [{ priorKeys: ['RJZ|B'] }],
    identity: [],
  })
  expect(given(merged('RJZ|A', [patient]))).toMatchObject({
    merges: [],
    identity: [{ fact: { survivingKey: 'RJZ|A', surviving: [], prior: [] } }],
  })
})
