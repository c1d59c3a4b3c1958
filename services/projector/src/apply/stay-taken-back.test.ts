import { expect, test } from 'vitest'
import { adt } from './generations.fixture.ts'
import { admitted, again, discharged, first, now, old, second, stays } from './stays.fixture.ts'

test('an admission that was cancelled leaves the earlier stay as it was', () => {
  const cancelled = adt('A11', '20260901110000', 'W9', second)
  const bare = adt('A11', '20260901110000', 'W9')
  for (const each of [cancelled, bare])
    expect(stays(admitted, discharged, again, each)).toEqual([old, { ...now, status: 'cancelled' }])
})

test('a discharge taken back reopens the stay it was of', () => {
  const left = adt('A03', '20260905100000', 'W9', second, '20260905100000')
  const back = adt('A13', '20260905110000', 'W9')
  expect(stays(admitted, discharged, again, left, back)).toEqual([old, now])
  const mistaken = adt('A13', '20240105120000', 'W1')
  const later = adt('A03', '20240107100000', 'W1', first, '20240107100000')
  expect(stays(admitted, discharged, mistaken, later, again)).toEqual([
    { ...old, discharged: '2024-01-07T10:00' },
    now,
  ])
})

test('a stay whose discharge was taken back goes on with a changed admission time', () => {
  const mistaken = adt('A13', '20240105120000', 'W1')
  const classChanged = adt('A06', '20240105130000', 'W2', '20240105130000')
  expect(stays(admitted, discharged, mistaken, classChanged)).toMatchObject([
    { status: 'open', history: ['W1', 'W2'] },
  ])
})

test('a pre-admission under a number already used is a planned stay, and becomes the next', () => {
  const planned = adt('A05', '20260820100000', 'W9', '20260901090000')
  expect(stays(admitted, discharged, planned)).toMatchObject([old, { status: 'planned' }])
  expect(stays(admitted, discharged, planned, again)).toMatchObject([old, { status: 'open' }])
  const dropped = adt('A38', '20260821100000', 'W9')
  expect(stays(admitted, discharged, planned, dropped)).toMatchObject([
    old,
    { status: 'cancelled' },
  ])
})
