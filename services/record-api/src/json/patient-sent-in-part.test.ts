import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, observation, patient, post } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, full, eventsOf, inBothOrders } from './patient-put-again.fixture.ts'
import { recordIn } from './withdrawn-record.fixture.ts'

const stub = { ...patient(), name: undefined, birthDate: undefined }
const partial: [string, (client: ReturnType<typeof remembering>) => PatientEvent[]][] = [
  ['created again', (client) => eventsOf(client.post({ ...stub, ...at(2) }))],
  [
    'created with others in a transaction',
    (client) =>
      eventsOf(
        client.post({
          ...bundle(
            'transaction',
            post(stub, 'urn:uuid:p'),
            post(observation('K', { valueString: '1' })),
          ),
          timestamp: '2026-07-01T09:02:00Z',
        }),
      ),
  ],
  [
    'part of a collection with its id',
    (client) =>
      eventsOf(
        client.post({
          ...bundle('collection', { resource: { ...stub, id: 'p1' } }),
          timestamp: '2026-07-01T09:02:00Z',
        }),
      ),
  ],
  [
    'contained',
    (client) =>
      eventsOf(
        client.put({
          ...observation('K', { valueString: '1' }, { id: 'o1', ...at(2) }),
          subject: { reference: '#p' },
          contained: [{ ...stub, id: 'p' }],
        }),
      ),
  ],
]

test.each(partial)('a patient that is %s may be less than all: nothing goes', (_, send) => {
  const client = remembering()
  const first = eventsOf(client.put(full))
  for (const documents of inBothOrders(first, send(client))) {
    const record = recordIn(documents)
    expect(record.patient).toMatchObject({ nhsNumber: '9990001022', sex: 'female' })
    expect(record.identifiers.map(({ value }) => value).toSorted()).toEqual([
      '9990001022',
      'A1',
      'OLD1',
    ])
    expect(record.contacts.map(({ status }) => status)).toEqual(['reported', 'reported'])
  }
})
