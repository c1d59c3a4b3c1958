import { base, put, remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, observation, patient, post } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { type Documents, recordIn, stored } from './withdrawn-record.fixture.ts'

const mrn = patient().identifier
const nhs = (value: string) => ({ system: 'https://fhir.nhs.uk/Id/nhs-number', value })
const at = (minute: number) => ({
  meta: { lastUpdated: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString() },
})
const contact = (family: string) => ({ relationship: [{ text: 'Mother' }], name: { family } })
const full = {
  ...patient(),
  ...at(1),
  id: 'p1',
  identifier: [...mrn, nhs('9990001022'), { system: 'https://other.example/id', value: 'OLD1' }],
  gender: 'female',
  address: [{ line: ['1 Old Road'] }],
  telecom: [{ system: 'phone', value: '0111' }],
  maritalStatus: { text: 'Married' },
  deceasedBoolean: true,
  contact: [contact('Ng'), contact('Smith')],
}
/** The same patient later, with as little as the resource may have. */
const bare = { ...patient(), ...at(2), id: 'p1', contact: [contact('Smith')] }

const eventsOf = ({
  faults,
  problem,
  events,
}: ReturnType<ReturnType<typeof remembering>['put']>) => {
  expect([faults, problem]).toEqual([[], null])
  return events
}
const inBothOrders = (first: PatientEvent[], second: PatientEvent[]): Documents[] => {
  const all = [stored(first, second), stored(second, first)]
  const heads = all.map(({ heads: of }) =>
    [...of.values()].map(({ version: _version, ...head }) => head),
  )
  expect(heads[1]).toEqual(heads[0])
  return all
}

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
