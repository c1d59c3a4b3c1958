import { randomUUID } from 'node:crypto'
import { unsaid } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectIdentity, demographics, until } from './stack.fixture.ts'

const run = randomUUID().slice(0, 8)
let stack: Awaited<ReturnType<typeof connectIdentity>>
let identity: ReturnType<(typeof stack)['open']>
let reader: Awaited<ReturnType<(typeof stack)['follow']>>

beforeAll(async () => {
  stack = await connectIdentity(run)
  identity = stack.open()
  reader = await stack.follow()
  await until(identity.ready, Boolean)
})
afterAll(async () => {
  await identity.close()
  await reader.close()
  await stack.close()
})

const members = (patient: string, count: number) =>
  until(
    () => stack.membersOf(patient),
    (found) => found.length === count,
  )

test('messages of one woman at two hospitals are one person, and both are named', async () => {
  await stack.say('RJZ|1', demographics())
  await stack.say('RJ1|1', demographics())
  expect(await members('RJZ|1', 2)).toEqual(['RJ1|1', 'RJZ|1'])
  const person = await stack.personOf('RJ1|1')
  expect(person?.members.map(({ rule, by }) => [rule, by])).toContainEqual(['founder', 'tideway'])
  const event = await until(
    () => stack.published.find(({ members: all }) => all.length === 2),
    (found) => found !== undefined,
  )
  expect(event?.linked.length).toBeGreaterThan(0)
})

test('twins with one number are two people, and a question for a steward', async () => {
  const of = (given: string, sex: string) =>
    demographics({
      nhsNumber: '9434765919',
      birthDate: '2020-05-06',
      sex,
      names: [{ ...unsaid.PersonName(), family: 'Shah', given: [given] }],
    })
  await stack.say('RJZ|twin-a', of('Amira', 'FEMALE'))
  await stack.say('RJ1|twin-b', of('Zayn', 'MALE'))
  const items = await until(
    () => stack.mongo.workItems.find({ patients: stack.keyOf('RJZ|twin-a') }).toArray(),
    (found) => found.length > 0,
  )
  expect(items[0]).toMatchObject({ kind: 'number-shared', state: 'open' })
  expect(await members('RJZ|twin-a', 1)).toEqual(['RJZ|twin-a'])
  expect(await members('RJ1|twin-b', 1)).toEqual(['RJ1|twin-b'])
})

test('a steward links, keeps apart through a third, and unlinks', async () => {
  const other = (nhsNumber: string | null, family: string) =>
    demographics({
      nhsNumber,
      nhsNumberStatus: null,
      birthDate: '1970-01-02',
      names: [{ ...unsaid.PersonName(), family, given: ['Ada'] }],
    })
  await stack.say('RJZ|a', other(null, 'Marsh'))
  await stack.say('RJ1|b', other('9434765870', 'Quill'))
  const link = await stack.decide('LINK', ['RJZ|a', 'RJ1|b'])
  expect(await members('RJZ|a', 2)).toEqual(['RJ1|b', 'RJZ|a'])
  expect((await stack.personOf('RJZ|a'))?.decisions).toContain(link)

  await stack.decide('UNLINK', ['RJZ|a'])
  expect(await members('RJZ|a', 1)).toEqual(['RJZ|a'])

  const apart = await stack.decide('KEEP_APART', ['RJZ|a', 'RJ1|b'])
  await until(
    async () => (await stack.personOf('RJZ|a'))?.decisions ?? [],
    (decisions) => decisions.includes(apart),
  )
  await stack.say('RJ2|c', other('9434765870', 'Quill'))
  expect(await members('RJ1|b', 2)).toEqual(['RJ1|b', 'RJ2|c'])
  await stack.decide('LINK', ['RJ2|c', 'RJZ|a'])
  expect(await members('RJZ|a', 2)).toEqual(['RJ2|c', 'RJZ|a'])
  expect(await members('RJ1|b', 1)).toEqual(['RJ1|b'])
  const items = await until(
    () => stack.mongo.workItems.find({ patients: stack.keyOf('RJ2|c') }).toArray(),
    (found) => found.some(({ kind, state }) => kind === 'bridge' && state === 'open'),
  )
  expect(items.some(({ patients }) => patients.includes(stack.keyOf('RJ1|b')))).toBe(true)
})

test('a merge is followed, and taken back when its message is withdrawn', async () => {
  const of = (birthDate: string) =>
    demographics({ nhsNumber: null, nhsNumberStatus: null, birthDate })
  await stack.say('RJZ|old', of('1955-02-03'))
  await stack.say('RJZ|new', of('1988-09-10'))
  await stack.say('RJZ|new', {
    ...unsaid.PatientsMerged(),
    surviving: [],
    prior: [],
    priorKeys: [stack.keyOf('RJZ|old')],
    survivingKey: stack.keyOf('RJZ|new'),
  })
  expect(await members('RJZ|new', 2)).toEqual(['RJZ|new', 'RJZ|old'])
  const person = await stack.personOf('RJZ|new')
  const merge = person?.members.find(({ rule }) => rule !== 'founder')
  await stack.say('RJZ|new', {
    type: 'MessageWithdrawn',
    message: merge?.by ?? '',
    by: 'operator',
    reason: 'sent in error',
  })
  expect(await members('RJZ|new', 1)).toEqual(['RJZ|new'])
  expect(await members('RJZ|old', 1)).toEqual(['RJZ|old'])
})
