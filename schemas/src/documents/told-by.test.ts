import { expect, test } from 'vitest'
import type { Movement, Origin, Stay } from './entry.ts'
import { withMovement, withOrigin, withoutMovement, withoutOrigin } from './told-by.ts'

const origin: Origin = { message: 'm1', place: 'PV1[1]', version: 'v1', source: 'RJZ' }

test('what the entry has as an origin is not written again, and is there when it is read; a fact of another rank is written as it is', () => {
  const told = { ...origin, place: 'OBX[2]', value: '4' }
  expect(withoutOrigin(told, [{ ...origin, message: 'm0' }, origin])).toEqual({
    place: 'OBX[2]',
    value: '4',
    toldBy: 1,
  })
  const later = { ...told, version: 'v2' }
  for (const fact of [told, later])
    expect(withOrigin(withoutOrigin(fact, [origin]), [origin])).toEqual(fact)
  expect(withoutOrigin(later, [origin])).toBe(later)
})

test('a stay is its movement, unless it says something else', () => {
  const location = { pointOfCare: 'PICU' } as Stay['location']
  const movement: Movement = {
    ...origin,
    event: 'PatientTransferred',
    at: '2026-07-01T09:00+01:00',
    location,
    patientClass: null,
  }
  const stay: Stay = {
    location,
    from: movement.at,
    event: movement.event,
    cancelled: false,
    message: 'm1',
    place: 'PV1[1]',
  }
  expect(withoutMovement(stay, [movement])).toEqual({ movement: 0, cancelled: false })
  expect(withMovement(withoutMovement(stay, [movement]), [movement])).toEqual(stay)
  const mentioned = { ...stay, from: null }
  expect(withoutMovement(mentioned, [movement])).toBe(mentioned)
})
