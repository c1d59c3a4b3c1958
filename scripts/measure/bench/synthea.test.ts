import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { expect, test } from 'vitest'
import { openFhirRules } from '../coverage/fhir-reader.ts'
import { fhirSenderOf } from '../coverage/fhir-sender.ts'
import { asAnother } from './synthea.ts'

const system = 'https://x99.example/id/patient'
/** As the generator writes it: the id of the resource is not the number of the patient. */
const json = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:27de',
      resource: {
        resourceType: 'Patient',
        id: '27de',
        identifier: [{ system: 'https://github.com/synthetichealth/synthea', value: 'cb56' }],
      },
      request: { method: 'POST', url: 'Patient' },
    },
  ],
}
const generated = { bytes: Buffer.from(JSON.stringify(json)), json, resources: 1 }

test('the same life as another patient is told of another patient each time', async () => {
  const rules = await openFhirRules()
  const keysOf = (id: string) => {
    const bytes = asAnother(generated, system, id)
    return normalise(
      { source: fhirSenderOf(JSON.parse(bytes.toString())), bytes, receivedAt: 1 },
      rules,
    ).patientKeys
  }
  expect([keysOf('one'), keysOf('two')]).toEqual([['XFHIR|one'], ['XFHIR|two']])
})
