import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { details, identifier, visit } from '../entries/histories.fixture.ts'
import { given } from './head.fixture.ts'

const [first, second] = ['9434765919', '9434765870']

test('an older message never replaces a newer one; fields only it states stay', () => {
  const head = given(
    ['RJZ', details({ sex: 'MALE', birthDate: '2015-03-04' })],
    ['RJZ', details({ sex: 'FEMALE' })],
  )
  expect(head.details['RJZ']?.map(({ message, fields }) => [message, fields])).toEqual([
    ['m1', { sex: 'FEMALE' }],
    ['m0', { birthDate: '2015-03-04' }],
  ])
})

test('a field emptied on purpose is gone until it is stated again', () => {
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

test('linking uses the NHS number of the owner, even an emptied one; otherwise the newest', () => {
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

test('every identifier is kept, with its newest statement', () => {
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

test('freshness of a sender is that of its newest message', () => {
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

test('the newest Z segments of the organisation are kept, in any order; long ones are not', () => {
  const [older, newer] = [details({ zSegments: ['ZU1|1'] }), details({ zSegments: ['ZU1|2'] })]
  const keptIn = (...told: [string, ReturnType<typeof details>][]) =>
    given(...told).zSegments?.segments
  expect(keptIn(['RJZ', older], ['RJZ', newer], ['RJZ', details({})])).toEqual(['ZU1|2'])
  expect(keptIn(['RJZ', older], ['LAB', newer])).toEqual(['ZU1|1'])
  expect(keptIn(['RJZ', details({ zSegments: [`ZU1|${'x'.repeat(2_000)}`] })])).toBeUndefined()
})
