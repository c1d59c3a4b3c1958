import { expect, test } from 'vitest'
import { fault } from './fault.ts'
import { patient, read } from '@tideway/fhir-ingest/sender.fixture'

test.each([
  ['Patient.name[0].family', 'Patient.name[0].family'],
  ['Bundle.entry[1].resource.value[x]', 'Bundle.entry[1].resource.value[x]'],
  ['Patient.Ann Ng, 943 476 5919', 'Patient'],
  ['Ann Ng', 'body'],
  [`Patient.${'x'.repeat(1_000_000)}`, 'Patient'],
])("a place has no more of the sender's own names than a name could be: %#", (at, said) => {
  expect(fault('INVALID_STRUCTURE', at).at).toBe(said)
})

test('a name that R4 does not have may be anything, and is not repeated then', () => {
  const { faults, problem } = read(
    patient('A1', { 'Ann Ng 943 476 5919': 1, [`_${'x'.repeat(1_000)}`]: 1 }),
  )
  expect(faults.length).toBeGreaterThan(0)
  expect(JSON.stringify([faults, problem])).not.toMatch(/943|x{100}/)
})
