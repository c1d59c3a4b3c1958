import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'
import { type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { publicId } from '@tideway/schemas/public-id'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from './http/routes.ts'
import { details, eventsOf, named, observation, result, visit, ward } from './events.fixture.ts'
import { openServer, tokenOf } from './http/open-server.fixture.ts'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { readObservationStatus } from '@tideway/record/status/observation-status'

const nhsNumber = '9434765919'
const birthDate = '2019-05-04'
const kings = 'RJZ|K1'
const evelina = 'RJ1|E1'
const event = eventsOf(Date.parse('2026-11-22T09:00:00Z'))
const identity = { nhsNumber, birthDate, sex: 'MALE', names: [named('EXAMPLE', 'Robin')] }
const attachment = {
  hash: 'ab',
  object: 'payloads/ab',
  pointer: null,
  contentType: 'application/pdf',
  size: 3,
  title: 'Chart',
}
const letter = { ...unsaid.DocumentReported(), at: '2026-11-22', attachment }

/**
 * The child at King's, then at the Evelina; somebody else's birth date under the same number at
 * Lewisham.
 */
const story: PatientEvent[] = [
  event(
    'RJZ',
    kings,
    'PID[1]',
    details({
      ...identity,
      identifiers: [
        { ...unsaid.Identifier(), value: 'K1', authority: 'KCH', organisation: 'RJZ', type: 'MR' },
      ],
    }),
  ),
  event('RJZ', kings, 'PV1[1]', {
    type: 'PatientAdmitted',
    encounterId: 'V1',
    at: '2026-11-20T08:00:00+00:00',
    visit: visit({ patientClass: 'INPATIENT', location: ward('ED', '1') }),
  }),
  event('RJZ', kings, 'PV1[1]', {
    type: 'PatientTransferred',
    encounterId: 'V1',
    at: '2026-11-20T11:00:00+00:00',
    visit: visit({ patientClass: 'INPATIENT', location: ward('PICU', '4') }),
  }),
  event('8J998', kings, 'PID[1]', details({ ...identity, sex: 'FEMALE' })),
  event(
    'RJZ',
    kings,
    'OBR[1]',
    result({
      status: 'F',
      encounterId: 'V1',
      observations: [observation('K', '4.6', 'F'), observation('CREA', '88', 'F', 2)],
    }),
  ),
  event(
    'RJZ',
    kings,
    'OBR[1]',
    result({
      status: 'C',
      encounterId: 'V1',
      observations: [observation('K', '6.4', 'C'), observation('CREA', '88', 'W', 2)],
    }),
  ),
  event('RJZ', kings, 'OBX[1]', {
    ...letter,
    documentId: 'D1',
    title: 'Anaesthetic chart',
    ...readObservationStatus('F', 'HL70085'),
  }),
  event('RJZ', kings, 'OBX[1]', {
    ...letter,
    documentId: 'D2',
    title: 'Not his',
    ...readObservationStatus('W', 'HL70085'),
  }),
  event('RJ1', evelina, 'PID[1]', details(identity)),
  event('RJ1', evelina, 'PV1[1]', {
    type: 'PatientAdmitted',
    encounterId: 'V9',
    at: '2026-11-22T12:00:00+00:00',
    visit: visit({ patientClass: 'INPATIENT', location: ward('SNOW', '2') }),
  }),
  event('RJ2', 'RJ2|L1', 'PID[1]', details({ ...identity, birthDate: '2019-04-05' })),
]

const fold = (events: readonly PatientEvent[]) => {
  const entries = new Map<string, Entry>()
  for (const each of events) {
    const entry = evolveEntry(entries.get(entryIdIn(each) ?? '') ?? null, each)
    if (entry !== null) entries.set(entry._id, entry)
  }
  const [{ patientKey }] = events as readonly [PatientEvent]
  return {
    entries: [...entries.values()],
    head: withLines(events.reduce(evolveHead, newHead(patientKey)), [...entries.values()]).head,
  }
}

const ledger = (
  { messageId, source, patientKey }: PatientEvent,
  offset: number,
): LedgerMessage => ({
  _id: messageId,
  source,
  controlId: messageId,
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  receivedAt: new Date(),
  received: offset,
  durableAt: new Date(),
  partition: 1,
  offset: offset + 100,
  size: 10,
  events: 1,
  patientKeys: [patientKey],
  unused: [],
  problem: null,
  parked: null,
  duplicates: [],
})

const archived: ArchiveObject = {
  _id: 'raw-messages.v1/2026/11/22/1-00000000000000000100.avro',
  partition: 1,
  first: 100,
  last: 108,
  skipped: [101],
  messages: 8,
  bytes: 80,
  archivedAt: new Date(),
  firstReceivedAt: new Date(),
  lastReceivedAt: new Date(),
}

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}
let server: Awaited<ReturnType<typeof openServer>>
let clinician = ''
const id = publicId(kings)
const read = (url: string) => server.call(clinician, 'GET', url)
const search = (body: object, token: string | null = clinician) =>
  server.call(token, 'POST', '/api/patients/search', body)

beforeAll(async () => {
  server = await openServer(addresses, new Map([['RJZ', "King's"]]))
  clinician = await tokenOf(addresses.issuer, 'clinician', 'RJ1')
  const patients = [...Map.groupBy(story, ({ patientKey }) => patientKey).values()].map(fold)
  await server.mongo.patients.insertMany(patients.map(({ head }) => head))
  await server.mongo.entries.insertMany(
    patients.flatMap(({ entries }) => entries.map(compactEntry)),
  )
  await server.mongo.messages.insertMany(story.map(ledger))
  await server.mongo.archiveObjects.insertOne(archived)
  await server.mongo.feeds.insertOne({
    _id: 'RJZ',
    lastReceivedAt: new Date('2026-11-22T10:00:00Z'),
    lastType: 'ADT^A08',
  })
})
afterAll(() => server?.close())

test('a search finds both organisations by number and birth date, and one by its own number', async () => {
  const found = await search({ nhsNumber: '943 476 5919', birthDate })
  expect(found.status).toBe(200)
  expect(
    found.body.patients.map((patient: { organisation: string }) => patient.organisation).toSorted(),
  ).toEqual(['RJ1', 'RJZ'])
  expect((await search({ organisation: 'RJZ', identifier: 'K1' })).body.patients).toMatchObject([
    { id, organisationName: "King's", identifier: 'K1', name: { family: 'EXAMPLE' }, nhsNumber },
  ])
})

test('no match is an empty list; half a search and a wrong check digit are refused by field', async () => {
  expect((await search({ nhsNumber, birthDate: '2001-01-01' })).body).toEqual({ patients: [] })
  const refused = await search({ nhsNumber: '9434765918', birthDate })
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'INVALID_REQUEST', errors: [{ field: 'nhsNumber' }] },
  })
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(JSON.stringify(refused.body)).not.toContain('9434765918')
  expect((await read(`/api/patients/search?nhsNumber=${nhsNumber}`)).status).toBe(405)
})

test('the record is what its schema says, and may not be kept', async () => {
  const { status, headers, body } = await read(`/api/patients/${id}/record`)
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect([
    ...Value.Errors(
      routes.find(({ operationId }) => operationId === 'readRecord')?.answer.schema ?? {},
      body,
    ),
  ]).toEqual([])
})

test('two organisations are one record; another birth date is left out and counted', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body.patients.map((patient: { organisation: string }) => patient.organisation)).toEqual([
    'RJZ',
    'RJ1',
  ])
  expect(body).toMatchObject({
    id,
    notCombined: 1,
    complete: false,
    parked: 0,
    incomplete: null,
    counts: { encounters: 2, results: 1, documents: 2 },
  })
  expect((await read(`/api/patients/${publicId('RJ2|L1')}/record`)).body.patients).toHaveLength(1)
  expect(
    (await read(`/api/patients/${publicId(evelina)}/record`)).body.patients.map(
      (patient: { organisation: string }) => patient.organisation,
    ),
  ).toEqual(['RJ1', 'RJZ'])
})

test('where he is now is the newest open encounter, the other is beside it', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body.whereNow).toMatchObject({
    organisation: 'RJ1',
    location: { pointOfCare: 'SNOW' },
    since: '2026-11-22T12:00:00+00:00',
    encounter: publicId(`${evelina}|encounter|V9`),
  })
  expect(body.alsoOpen).toMatchObject([
    { organisation: 'RJZ', location: { pointOfCare: 'PICU' }, since: '2026-11-20T11:00:00+00:00' },
  ])
  expect(
    body.encounters.map((encounter: { encounterId: string }) => encounter.encounterId),
  ).toEqual(['V9', 'V1'])
  expect(
    body.encounters[1].stays.map(
      (stay: { location: { pointOfCare: string } }) => stay.location.pointOfCare,
    ),
  ).toEqual(['ED', 'PICU'])
})

test('disagreement is shown: the laboratory says another sex than the hospital', async () => {
  const { patient } = (await read(`/api/patients/${id}/record`)).body
  expect(patient).toMatchObject({
    sex: 'MALE',
    birthDate,
    nhsNumber: { value: nhsNumber },
    mismatches: ['sex'],
  })
  expect(
    patient.said.map((said: { sender: string; sex: string }) => [said.sender, said.sex]),
  ).toEqual(
    expect.arrayContaining([
      ['RJZ', 'MALE'],
      ['8J998', 'FEMALE'],
      ['RJ1', 'MALE'],
    ]),
  )
})

test('a correction keeps the value before; a wrong-patient result and document show nothing of what they held', async () => {
  const { results, documents } = (await read(`/api/patients/${id}/record`)).body
  const [potassium, creatinine] = results[0].observations
  expect(potassium).toMatchObject({
    value: '6.4',
    status: 'corrected',
    earlier: [{ value: '4.6', statusAsSent: 'F', segment: 'OBX[1]' }],
  })
  expect(creatinine).toMatchObject({
    value: null,
    status: 'wrong-patient',
    absentReason: 'withdrawn',
    earlier: [],
  })
  expect(results[0].encounter).toBe(publicId(`${kings}|encounter|V1`))
  const withdrawn = documents.find(({ documentId }: { documentId: string }) => documentId === 'D2')
  expect(withdrawn).toMatchObject({ status: 'wrong-patient', title: null, attachment: null })
})

test('every entry says which archive object holds it and where, once it is archived', async () => {
  const { encounters, results } = (await read(`/api/patients/${id}/record`)).body
  expect(encounters[1].origins).toMatchObject([
    { message: 'RJZ-2', segment: 'PV1[1]', source: 'RJZ', archive: null },
    { message: 'RJZ-3', archive: { object: archived._id, position: 1 } },
  ])
  expect(
    results[0].origins.map((origin: { archive: { position: number } }) => origin.archive.position),
  ).toEqual([3, 4])
  expect(encounters[0].origins).toMatchObject([{ message: 'RJ1-10', archive: null }])
})

test('freshness by source: this patient, and the feed', async () => {
  const { sources } = (await read(`/api/patients/${id}/record`)).body
  expect(sources).toContainEqual({
    source: 'RJZ',
    sourceName: "King's",
    organisation: 'RJZ',
    patient: id,
    lastMessageAt: '2026-11-22T09:08:00.000Z',
    lastReceivedAt: '2026-11-22T09:08:00.000Z',
    feedLastHeardAt: '2026-11-22T10:00:00.000Z',
  })
  expect(sources.find(({ source }: { source: string }) => source === 'RJ1')).toMatchObject({
    feedLastHeardAt: null,
  })
})

test('messages that wait make the record incomplete, and say so', async () => {
  await server.mongo.messages.updateOne(
    { _id: 'RJZ-6' },
    {
      $set: {
        parked: {
          state: 'PARKED',
          code: 'INVALID_FIELD',
          place: 'OBX-5',
          stage: 'PROJECT',
          since: new Date(),
          at: 1,
          by: null,
          reason: null,
        },
      },
    },
  )
  await server.mongo.patients.updateOne(
    { _id: kings },
    {
      $set: {
        incomplete: { since: new Date('2026-11-22T09:06:00Z'), code: 'UNEXPECTED', offset: 6 },
      },
    },
  )
  expect((await read(`/api/patients/${id}/record`)).body).toMatchObject({
    parked: 1,
    complete: false,
    incomplete: { since: '2026-11-22T09:06:00.000Z', held: 0 },
  })
})

test('a message that was given up leaves the record incomplete, though nothing waits', async () => {
  await server.mongo.messages.updateOne({ _id: 'RJZ-6' }, { $set: { 'parked.state': 'DROPPED' } })
  await server.mongo.patients.updateOne({ _id: kings }, { $set: { incomplete: null } })
  expect((await read(`/api/patients/${id}/record`)).body).toMatchObject({
    parked: 0,
    dropped: 1,
    complete: false,
    incomplete: null,
  })
})

test('a message of which only the patient could be used leaves the record incomplete', async () => {
  await server.mongo.messages.updateOne(
    { _id: 'RJZ-6' },
    { $set: { parked: null, problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1-19' } } },
  )
  expect((await read(`/api/patients/${id}/record`)).body).toMatchObject({
    parked: 0,
    dropped: 0,
    inPart: 1,
    complete: false,
    incomplete: null,
  })
})

test('entries are found one by one, and only under their own patient', async () => {
  const entry = publicId(`${kings}|encounter|V1`)
  expect((await read(`/api/patients/${id}/entries/${entry}`)).body).toMatchObject({
    kind: 'encounter',
    id: entry,
    encounterId: 'V1',
  })
  expect(await read(`/api/patients/${publicId('RJ2|L1')}/entries/${entry}`)).toMatchObject({
    status: 404,
    body: { code: 'NO_SUCH_ENTRY' },
  })
  expect(await read('/api/patients/nobody/record')).toMatchObject({
    status: 404,
    body: { code: 'NO_SUCH_PATIENT' },
  })
  expect(await read(`/api/patients/${id}/entries?kind=horoscope`)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'kind' }] },
  })
})
