import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { expect, test } from 'vitest'
import { at, full, eventsOf } from './patient-put-again.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

test.each([false, true])('Patient.active %s is said in the record', (active) => {
  const client = remembering()
  const record = recordIn(stored(eventsOf(client.put({ ...full, active }))))
  expect(record.patients).toMatchObject([{ active }])
  expect(record.patient).toMatchObject({ active, said: [{ active }] })
})

test('senders that disagree whether a record is in use are named', () => {
  const client = remembering()
  const first = eventsOf(client.put({ ...full, active: false }))
  const second = eventsOf(client.put({ ...full, ...at(2), active: true })).map((event) => ({
    ...event,
    source: 'XL1',
  }))
  expect(recordIn(stored(first, second)).patient.mismatches).toContain('active')
})
