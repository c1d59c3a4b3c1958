import { expect, test } from 'vitest'
import { adt, hl7, pv1, recordOf } from './generations.fixture.ts'
import { admitted, again, discharged, first, now, old, second, stays } from './stays.fixture.ts'

test('a visit number used again after discharge is another encounter, in any order of arrival', () => {
  expect(stays(admitted, discharged, again)).toEqual([old, now])
  expect(recordOf(admitted, discharged, again).map(({ _id }) => _id)).toEqual([
    'RJZ|T100|encounter|V1',
    'RJZ|T100|encounter|V1 @2026-09-01',
  ])
})

test('the earlier stay is the same entry as before the number was used again', () => {
  const [alone] = recordOf(admitted, discharged)
  const [kept] = recordOf(admitted, discharged, again)
  const { family: _, ...entry } = { ...kept }
  expect(entry).toEqual(alone)
})

test('messages without an admission time are about the stay open when they were made', () => {
  const between = adt('A08', '20240102110000', 'W1')
  const toW2 = adt('A02', '20240103110000', 'W2')
  const toW8 = adt('A02', '20260902110000', 'W8')
  expect(stays(admitted, between, toW2, discharged, again, toW8)).toEqual([
    { ...old, history: ['W1', 'W2'] },
    { ...now, history: ['W9', 'W8'] },
  ])
})

test('after the last discharge they are about the newest stay', () => {
  const left = adt('A03', '20260905100000', 'W9', second, '20260905100000')
  const coded = adt('A08', '20261001100000', 'W9')
  const both = recordOf(admitted, discharged, again, left, coded)
  expect(both.map(({ origins }) => origins.length)).toEqual([2, 3])
})

test('what is told without a time after a discharge is about that stay until the next one begins', () => {
  const coded = adt('A08', '20240301100000', 'W1')
  const both = recordOf(admitted, discharged, coded, again)
  expect(both.map(({ origins }) => origins.length)).toEqual([3, 1])
})

test('a late transfer and a corrected discharge of the first stay go to the first', () => {
  const late = adt('A02', '20260902100000', 'W3', first)
  const corrected = adt('A03', '20260903100000', 'W1', first, '20240106100000')
  expect(stays(admitted, discharged, again, corrected)).toEqual([
    { ...old, discharged: '2024-01-06T10:00' },
    now,
  ])
  expect(stays(admitted, discharged, again, late)[1]).toEqual(now)
})

test('the same admission told again, its time corrected by minutes, is the same stay', () => {
  const corrected = adt('A01', '20260901103000', 'W9', '20260901095500')
  expect(stays(admitted, discharged, again, corrected)).toEqual([
    old,
    { ...now, admitted: '2026-09-01T09:55' },
  ])
  expect(stays(again, corrected)).toEqual([{ ...now, admitted: '2026-09-01T09:55' }])
  expect(stays(again, adt('A01', '20260901120000', 'W9', second))).toEqual([now])
})

test('months without a discharge do not join two admissions; days do', () => {
  expect(stays(admitted, again)).toEqual([{ ...old, status: 'open', discharged: null }, now])
  expect(stays(admitted, adt('A01', '20240103100000', 'W2', '20240103100000'))).toHaveLength(1)
})

test('three stays of one number, and messages of each, are three encounters', () => {
  const third = '20270301080000'
  expect(
    stays(
      admitted,
      discharged,
      again,
      adt('A03', '20260905100000', 'W9', second, '20260905100000'),
      adt('A01', third, 'W4', third),
    ),
  ).toEqual([
    old,
    { ...now, status: 'closed', discharged: '2026-09-05T10:00' },
    { status: 'open', admitted: '2027-03-01T08:00', discharged: null, history: ['W4'] },
  ])
})

test('an admission at the very minute of the discharge before is the next stay', () => {
  const next = adt('A01', '20240105100100', 'W2', '20240105100000')
  expect(stays(admitted, discharged, next)).toMatchObject([
    { status: 'closed', history: ['W1'] },
    { status: 'open', history: ['W2'] },
  ])
})

test('two stays on one day are two', () => {
  const next = '20240105180000'
  expect(stays(admitted, discharged, adt('A01', next, 'W1', next))).toHaveLength(2)
})

test('a discharge of which the admission was never told ends no later stay', () => {
  expect(stays(discharged, again)).toMatchObject([{ status: 'closed' }, now])
  const bare = adt('A03', '20240105100000', 'W1', '', '20240105100000')
  expect(stays(bare, again)).toMatchObject([{ status: 'closed' }, now])
})

test.each([first, ''])(
  'a discharge with a mistyped year ends the stay it was told of, and not the next (PV1-44 "%s")',
  (stated) => {
    const left = hl7(
      'ADT^A03',
      '20240105100000',
      'EVN|A03|20240105100000||||20420105100000',
      pv1('W1', stated, '20420105100000'),
    )
    const next = '20240120100000'
    const seen = stays(admitted, left, adt('A01', next, 'W9', next))
    expect(seen.map(({ status, history }) => [status, history])).toEqual([
      ['closed', ['W1']],
      ['open', ['W9']],
    ])
  },
)
