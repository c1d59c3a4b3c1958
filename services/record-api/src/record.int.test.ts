import { publicId } from '@tideway/schemas/public-id'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFhirDateTime } from './json/schema/date-time.ts'
import { PatientRecord } from './json/record.ts'
import { openStory, storyToken } from './open-story.fixture.ts'
import { archived, birthDate, evelina, kings, nhsNumber } from './story.fixture.ts'

let server: Awaited<ReturnType<typeof openStory>>
let clinician = ''
const read = (url: string) => server.call(clinician, 'GET', url)
const search = (body: object) => server.call(clinician, 'POST', '/api/patients/search', body)
const id = publicId(kings)

beforeAll(async () => {
  server = await openStory()
  clinician = await storyToken('clinician', 'RJ1')
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

test('no match is an empty list; an invalid search is refused by field', async () => {
  expect((await search({ nhsNumber, birthDate: '2001-01-01' })).body.patients).toEqual([])
  const refused = await search({ nhsNumber: '9434765918', birthDate })
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'INVALID_REQUEST', errors: [{ field: 'nhsNumber' }] },
  })
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(JSON.stringify(refused.body)).not.toContain('9434765918')
  expect((await read(`/api/patients/search?nhsNumber=${nhsNumber}`)).status).toBe(405)
})

test('the record matches its schema and may not be cached', async () => {
  const { status, headers, body } = await read(`/api/patients/${id}/record`)
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect([...Value.Errors(PatientRecord, body)]).toEqual([])
})

test('two organisations are one record; a source patient with another birth date is left out and counted', async () => {
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
    counts: { encounters: 2, reports: 1, documents: 2 },
  })
  expect(body).not.toHaveProperty('incomplete')
  expect((await read(`/api/patients/${publicId('RJ2|L1')}/record`)).body.patients).toHaveLength(1)
  expect(
    (await read(`/api/patients/${publicId(evelina)}/record`)).body.patients.map(
      (patient: { organisation: string }) => patient.organisation,
    ),
  ).toEqual(['RJ1', 'RJZ'])
})

test('whereNow is the newest open encounter, the other one is in alsoOpen', async () => {
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

test('a disagreement between senders is shown', async () => {
  const { patient } = (await read(`/api/patients/${id}/record`)).body
  expect(patient).toMatchObject({
    sex: 'male',
    birthDate,
    nhsNumber,
    mismatches: ['sex'],
  })
  expect(
    patient.said.map((said: { sender: string; sex: string }) => [said.sender, said.sex]),
  ).toEqual(
    expect.arrayContaining([
      ['RJZ', 'male'],
      ['8J998', 'female'],
      ['RJ1', 'male'],
    ]),
  )
})

test('a correction keeps the earlier value; a wrong-patient result and document show no content', async () => {
  const { reports, documents } = (await read(`/api/patients/${id}/record`)).body
  const [potassium, creatinine] = reports[0].observations
  expect(potassium).toMatchObject({
    value: '6.4',
    status: 'corrected',
    earlier: [{ value: '4.6', statusAsSent: 'F', segment: 'OBX[1]' }],
  })
  expect(creatinine).toMatchObject({
    status: 'wrong-patient',
    absentReason: 'withdrawn',
    earlier: [],
  })
  expect(creatinine).not.toHaveProperty('value')
  expect(reports[0].encounter).toBe(publicId(`${kings}|encounter|V1`))
  const withdrawn = documents.find(({ documentId }: { documentId: string }) => documentId === 'D2')
  expect(withdrawn).toMatchObject({ status: 'wrong-patient' })
  for (const field of ['title', 'attachment']) expect(withdrawn).not.toHaveProperty(field)
})

test('what is not shown is said of the entry and in the summary', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  const [entry, patient] = [publicId(`${evelina}|encounter|V9`), publicId(evelina)]
  const source = `/api/patients/${patient}/entries/${entry}/source?field=notShown`
  expect(body.summary.notShown).toEqual({
    count: 2,
    lines: [{ entry, organisation: 'RJ1', patient, count: 2, source }],
    cut: false,
  })
  expect((await read(`/api/patients/${patient}/entries/${entry}`)).body.notShown).toEqual({
    count: 2,
    places: ['PV2[1]-12', 'PV2[1]-41'],
    source,
  })
  expect((await read(`/api/patients/${id}/source`)).body).toMatchObject({ code: 'NO_SUCH_FIELD' })
})

test('every origin names its archive object and position, once archived', async () => {
  const { encounters, reports } = (await read(`/api/patients/${id}/record`)).body
  expect(encounters[1].origins).toMatchObject([
    { message: 'RJZ-2', segment: 'PV1[1]', source: 'RJZ' },
    { message: 'RJZ-3', archive: { object: archived._id, position: 1 } },
  ])
  expect(
    reports[0].origins.map((origin: { archive: { position: number } }) => origin.archive.position),
  ).toEqual([3, 4])
  expect(encounters[0].origins).toMatchObject([{ message: 'RJ1-10' }])
  for (const origin of [encounters[1].origins[0], encounters[0].origins[0]])
    expect(origin).not.toHaveProperty('archive')
})

test('freshness by source, for the patient and for the feed', async () => {
  const { sources } = (await read(`/api/patients/${id}/record`)).body
  expect(sources).toContainEqual({
    source: 'RJZ',
    sourceName: "King's",
    organisation: 'RJZ',
    patient: id,
    lastMessageAt: '2026-11-22T09:08:00.000Z',
    lastReceivedAt: '2026-11-22T09:08:00.000Z',
    feedLastHeardAt: '2026-11-22T10:00:00.000Z',
    feed: 'learning',
  })
  expect(sources.find(({ source }: { source: string }) => source === 'RJ1')).not.toHaveProperty(
    'feedLastHeardAt',
  )
})

test('an entry is found by id, and only under its own patient', async () => {
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

test('a purpose of use that is not in the value set is refused', async () => {
  expect((await read(`/api/patients/${id}/record?purpose=ETREAT`)).status).toBe(200)
  expect(await read(`/api/patients/${id}/record?purpose=CURIOSITY`)).toMatchObject({
    status: 400,
    body: { code: 'INVALID_REQUEST', errors: [{ field: 'purpose' }] },
  })
})

test('an answer has no null, and every dateTime is one of FHIR', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  const times: string[] = []
  const walk = (value: unknown, name: string): void => {
    expect([name, value]).not.toEqual([name, null])
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, key)
    else if (/(At|since|from|until|^at)$/.test(name)) times.push(value as string)
  }
  walk(body, '')
  expect(times.length).toBeGreaterThan(10)
  expect(times.filter((time) => !isFhirDateTime(time))).toEqual([])
})
