import { expect, test } from 'vitest'
import { r4Fault } from './fault.ts'

test.each([
  ['Patient.name[0].family', 'Patient.name[0].family'],
  ['Bundle.entry[1].resource.value[x]', 'Bundle.entry[1].resource.value[x]'],
  ['Patient.Ann Ng, 943 476 5919', 'Patient'],
  ['Ann Ng', 'body'],
  [`Patient.${'x'.repeat(1_000_000)}`, 'Patient'],
])('a place contains only a FHIRPath expression, whatever names were sent: %#', (at, safe) => {
  expect(r4Fault('INVALID_STRUCTURE', at).at).toBe(safe)
})
