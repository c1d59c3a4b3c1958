import { expect, test } from 'vitest'
import { bundle, patient, read, subject } from '../sender.fixture.ts'

test('an item dispensed in two parts gives two dispenses; a repeated entry is a fault', () => {
  const dispense = {
    resourceType: 'MedicationDispense',
    status: 'completed',
    subject,
    identifier: [{ system: 'http://x.example/item', value: 'i1' }],
    medicationCodeableConcept: { text: 'Furosemide 40mg' },
  }
  const of = (...addresses: string[]) =>
    read(
      bundle(
        'collection',
        { fullUrl: 'urn:uuid:p', resource: patient() },
        ...addresses.map((fullUrl) => ({ fullUrl, resource: dispense })),
      ),
    )
  const ids = of('urn:uuid:a', 'urn:uuid:b').events.flatMap(({ body }) =>
    body.type === 'MedicationDispensed' ? [body.dispenseId] : [],
  )
  expect(ids).toHaveLength(2)
  expect(ids[1]).toBe(`${ids[0]}#2`)
  expect(of('urn:uuid:a', 'urn:uuid:a').faults.map(({ code }) => code)).toContain('DUPLICATE_ENTRY')
})
