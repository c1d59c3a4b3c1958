import { base, put, remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { at, full, bare, eventsOf, inBothOrders } from './patient-put-again.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

test('what an update of a patient no longer has is no longer said, in either order', () => {
  const client = remembering()
  const [first, second] = [eventsOf(client.put(full)), eventsOf(client.put(bare))]
  expect([...stored(first).heads.values()].map(({ nhsNumber }) => nhsNumber)).toEqual([
    '9990001022',
  ])
  for (const documents of inBothOrders(first, second)) {
    expect([...documents.heads.values()].map(({ nhsNumber }) => nhsNumber)).toEqual([null])
    const record = recordIn(documents)
    expect(record.identifiers.map(({ value }) => value)).toEqual(['A1'])
    expect(record.patient).toMatchObject({ addresses: [], telecoms: [] })
    for (const gone of ['nhsNumber', 'sex', 'maritalStatus', 'deceased'])
      expect(record.patient).not.toHaveProperty(gone)
    expect(record.patient.names).toMatchObject([{ family: 'Ng' }])
  }
})

test('a contact that an update leaves out is not in use any more', () => {
  const client = remembering()
  const messages = [eventsOf(client.put(full)), eventsOf(client.put(bare))] as const
  for (const documents of [stored(...messages), stored(...messages.toReversed())]) {
    const contacts = recordIn(documents).contacts.map(({ status, said }) => [
      (said['names'] as { family: string }[])[0]?.family,
      status,
    ])
    expect(contacts.toSorted()).toEqual([
      ['Ng', 'inactive'],
      ['Smith', 'reported'],
    ])
  }
})

test('an older update that comes late brings nothing back', () => {
  const client = remembering()
  const newer = eventsOf(client.put(bare))
  const older = eventsOf(client.put(full))
  const record = recordIn(stored(newer, older))
  expect(record.patient).not.toHaveProperty('nhsNumber')
  expect(JSON.stringify(record.contacts)).not.toContain('"Ng"')
})

test('an update in a transaction is the whole resource, and also of one that was created', () => {
  const client = remembering()
  const created = client.post({ ...full, id: undefined })
  const [name] = created.stated.flatMap(({ names }) => names)
  const id = (name as string).slice('Patient/'.length)
  const updated = client.post({
    ...bundle('transaction', put({ ...bare, id }, `${base}/Patient/${id}`)),
    timestamp: '2026-07-01T09:02:00Z',
  })
  for (const documents of inBothOrders(eventsOf(created), eventsOf(updated)))
    expect(recordIn(documents).patient).not.toHaveProperty('nhsNumber')
})

test('it says nothing over what the same sender says otherwise', () => {
  const client = remembering()
  const other = eventsOf(client.put({ ...full, id: 'p2' }))
  const own = [
    eventsOf(client.put({ ...full, ...at(2) })),
    eventsOf(client.put({ ...bare, ...at(3) })),
  ]
  const hl7 = eventsOf(client.put(full)).map((event) => ({
    ...event,
    place: 'PID[1]',
    body:
      event.body.type === 'PatientDetailsReported'
        ? { ...event.body, resource: null, isWhole: null }
        : event.body,
  }))
  for (const before of [other, hl7])
    for (const documents of [stored(before, ...own), stored(...own.toReversed(), before)]) {
      const { patient: person, identifiers } = recordIn(documents)
      expect(person).toMatchObject({
        nhsNumber: '9990001022',
        addresses: [{ lines: ['1 Old Road'] }],
      })
      expect(identifiers).toHaveLength(3)
    }
})

test('a client that sends a new address each time does not make the head grow', () => {
  const client = remembering()
  const messages = Array.from({ length: 40 }, (_, index) =>
    eventsOf(client.put({ ...full, ...at(index), id: `p${index}`, contact: [] })),
  )
  const [head] = [...stored(...messages).heads.values()]
  expect(JSON.stringify(head).length).toBeLessThan(16_000)
  expect(recordIn(stored(...messages)).identifiers).toHaveLength(3)
})
