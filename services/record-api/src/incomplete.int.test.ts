import { publicId } from '@tideway/schemas/public-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, storyToken } from './open-story.fixture.ts'
import { kings } from './story.fixture.ts'

let server: Awaited<ReturnType<typeof openStory>>
let clinician = ''
const read = (url: string) => server.call(clinician, 'GET', url)
const id = publicId(kings)

beforeAll(async () => {
  server = await openStory()
  clinician = await storyToken('clinician', 'RJ1')
})
afterAll(() => server?.close())

test('a parked message makes the record incomplete', async () => {
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

test('a dropped message leaves the record incomplete', async () => {
  await server.mongo.messages.updateOne({ _id: 'RJZ-6' }, { $set: { 'parked.state': 'DROPPED' } })
  await server.mongo.patients.updateOne({ _id: kings }, { $set: { incomplete: null } })
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body).not.toHaveProperty('incomplete')
  expect(body).toMatchObject({
    parked: 0,
    dropped: 1,
    complete: false,
  })
})

test('a message used in part leaves the record incomplete', async () => {
  await server.mongo.messages.updateOne(
    { _id: 'RJZ-6' },
    { $set: { parked: null, problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1-19' } } },
  )
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body).not.toHaveProperty('incomplete')
  expect(body).toMatchObject({
    parked: 0,
    dropped: 0,
    inPart: 1,
    complete: false,
  })
})
