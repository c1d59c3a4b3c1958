import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectIdentity, demographics, until } from './stack.fixture.ts'

const run = randomUUID().slice(0, 8)
let stack: Awaited<ReturnType<typeof connectIdentity>>
let reader: Awaited<ReturnType<(typeof stack)['follow']>>

beforeAll(async () => {
  stack = await connectIdentity(run)
  reader = await stack.follow()
})
afterAll(async () => {
  await reader.close()
  await stack.close()
})

const persons = async () =>
  (
    await stack.mongo.persons
      .find({ 'members.patient': { $regex: run } })
      .sort({ _id: 1 })
      .toArray()
  ).map(({ _id, members }) => ({
    _id,
    members,
  }))

test('what was saved and not published is published at the next start, once', async () => {
  const failing = stack.open({
    publish: async () => {
      throw new Error('the log does not answer')
    },
  })
  await until(failing.ready, Boolean)
  await stack.say('RJZ|1', demographics())
  await until(
    () => stack.personOf('RJZ|1'),
    (person) => person?.pending !== undefined,
  )
  await failing.close()
  expect(stack.published).toEqual([])

  const identity = stack.open()
  await until(
    () => stack.published.length,
    (count) => count > 0,
  )
  await until(identity.ready, Boolean)
  await stack.say('RJ1|1', demographics())
  await until(
    () => stack.published.at(-1)?.members.length,
    (count) => count === 2,
  )
  expect((await stack.personOf('RJZ|1'))?.pending).toBeUndefined()
  const ids = stack.published.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  await identity.close()
})

test('everything considered anew gives the same persons, and nothing is said again', async () => {
  const before = await persons()
  const said = stack.published.length
  await stack.mongo.identities.deleteMany({})
  await stack.mongo.watermarks.deleteMany({})
  await stack.mongo.identityState.deleteMany({})
  const identity = stack.open()
  await until(identity.ready, Boolean)
  await until(
    () => stack.mongo.identities.countDocuments({ _id: { $regex: run } }),
    (count) => count === 2,
  )
  await stack.say('RJ2|other', demographics({ nhsNumber: '9434765870', birthDate: '1990-01-01' }))
  await until(
    () => stack.personOf('RJ2|other'),
    (person) => person !== null,
  )
  expect((await persons()).filter(({ members }) => members.length > 1)).toEqual(before)
  expect(stack.published.slice(said).every(({ members }) => members.length === 1)).toBe(true)
  await identity.close()
})
