import { expect, test } from 'vitest'
import { permits } from './scopes.ts'

test.each([
  ['system/*.cu', 'Observation', 'c', true],
  ['system/*.cu', 'Observation', 'u', true],
  ['system/Observation.c', 'Observation', 'c', true],
  ['system/Observation.c', 'Observation', 'u', false],
  ['system/Observation.c', 'Patient', 'c', false],
  ['openid system/Patient.rs system/Patient.u', 'Patient', 'u', true],
  ['system/Patient.rs', 'Patient', 'c', false],
  ['system/*.write', 'Patient', 'c', true],
  ['system/*.read', 'Patient', 'c', false],
  ['system/*.*', 'Patient', 'u', true],
  ['system/Observation.c?category=laboratory', 'Observation', 'c', false],
  ['user/*.cu', 'Patient', 'c', false],
  ['system/*.uc', 'Patient', 'c', false],
  ['system/Observation.d', 'Observation', 'd', true],
  ['system/*.cud', 'Observation', 'd', true],
  ['system/*.cu', 'Observation', 'd', true],
  ['system/*.c', 'Observation', 'd', false],
  ['system/*.rs', 'Observation', 'd', false],
  ['system/*.read', 'Observation', 'd', false],
  ['system/Observation.d', 'Observation', 'u', false],
  ['', 'Patient', 'c', false],
] as const)('%s: %s.%s %s', (scopes, type, permission, expected) => {
  expect(permits(scopes, type, permission)).toBe(expected)
})
