import { expect, test } from 'vitest'
import { errors } from './errors.ts'
import { outcomes } from './outcomes.ts'
import { patient, read } from './sender.fixture.ts'

test('the name of an element that R4 does not define is not repeated if it could be data', () => {
  const { faults, problem } = read(
    patient('A1', { 'Ann Ng 943 476 5919': 1, [`_${'x'.repeat(1_000)}`]: 1 }),
  )
  expect(faults.length).toBeGreaterThan(0)
  expect(JSON.stringify([faults, problem])).not.toMatch(/943|x{100}/)
})

test('only what is stored is answered with 2xx', () => {
  for (const [code, { status, park }] of Object.entries(outcomes))
    expect([code, status < 300]).toEqual([code, park])
  expect(Object.keys(outcomes).sort()).toEqual(Object.keys(errors).sort())
})
