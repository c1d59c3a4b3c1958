import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, storyToken } from './open-story.fixture.ts'
import { evelina, kings } from './story.fixture.ts'

const [former, current] = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer]

let server: Awaited<ReturnType<typeof openStory>>
let clinician = ''
const read = (url: string) => server.call(clinician, 'GET', url)

beforeAll(async () => {
  server = await openStory(idSeal([current, former]))
  clinician = await storyToken('clinician', 'RJ1')
})
afterAll(() => server?.close())

test('a search answers an id of the current key, and every id in the record leads on', async () => {
  const found = await server.call(clinician, 'POST', '/api/patients/search', {
    organisation: 'RJZ',
    identifier: 'K1',
  })
  const [{ id }] = found.body.patients
  expect(id).toBe(idSeal([current]).seal(publicId(kings)))
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body.id).toBe(id)
  for (const other of body.patients)
    expect((await read(`/api/patients/${other.id}/record`)).status).toBe(200)
  const entries = [...body.encounters, ...body.reports, ...body.documents]
  expect(entries.length).toBeGreaterThan(3)
  for (const entry of entries)
    expect((await read(`/api/patients/${id}/entries/${entry.id}`)).body).toMatchObject({
      id: entry.id,
      patient: entry.patient,
    })
})

test('a page goes on after the entry that its cursor names', async () => {
  const id = idSeal([current]).seal(publicId(evelina))
  const pageAfter = async (before: string) =>
    (await read(`/api/patients/${id}/entries?kind=document&limit=1${before}`)).body
  const first = await pageAfter('')
  const second = await pageAfter(`&before=${first.before}`)
  expect([first, second].map(({ entries }) => entries.length)).toEqual([1, 1])
  expect(second.entries[0].id).not.toBe(first.entries[0].id)
})

test('an id of a former key of the file still counts; one of another key, or of the store, does not', async () => {
  const stored = publicId(kings)
  const statusOf = async (id: string) => (await read(`/api/patients/${id}/record`)).status
  expect(await statusOf(idSeal([former]).seal(stored))).toBe(200)
  expect(await statusOf(idSeal([Buffer.alloc(32, 3)]).seal(stored))).toBe(404)
  expect(await statusOf(stored)).toBe(404)
})
