import { expect, test } from 'vitest'
import { loadMappings } from './load-mappings.ts'

test('the folders are the register', async () => {
  const { types, fixes } = await loadMappings()
  expect([...types.keys()]).toEqual([
    'ADT^A01', 'ADT^A04', 'ADT^A02', 'ADT^A03', 'ADT^A05', 'ADT^A06', 'ADT^A07', 'ADT^A08', 'ADT^A28', 'ADT^A31', 'ADT^A09', 'ADT^A10', 'ADT^A11', 'ADT^A12',
    'ADT^A13', 'ADT^A40', 'ORU^R01', 'ORU',
  ])
  expect([...fixes.keys()]).toContain('visit-number-from-pv1-50')
})
