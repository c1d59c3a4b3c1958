import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openArchiverTest, stop, until } from '../archiver-process.fixture.ts'
import { archivedMessages } from './read-archive.ts'

const archiver = await openArchiverTest()
const { archivedRecords, publish, publisher, received, start, store } = archiver

afterAll(() => archiver.close())

test('a record that does not decode is kept outside the archive objects', {
  timeout: 240_000,
}, async () => {
  const child = start()
  const before = received(randomBytes(100))
  const after = received(randomBytes(100))
  const nonsense = randomBytes(50)
  await publish([before])
  await publisher.publish([{ topic: 'rawMessages', key: 'nonsense', value: nonsense, headers: {} }])
  await publish([after])
  const ids = async () =>
    (await Array.fromAsync(archivedMessages(store, { from: 0, to: Date.now() + 60_000 }))).map(
      ({ message }) => message.id,
    )
  await until(
    'both messages are archived',
    async () => {
      const archived = await ids()
      return [before, after].every(({ id }) => archived.includes(id))
    },
    60_000,
  )
  await stop(child, 'SIGTERM')
  const aside = (await Array.fromAsync(store.list('raw-messages.v1/'))).filter((key) =>
    key.includes('undecodable'),
  )
  expect(aside).toHaveLength(1)
  expect((await store.get(aside[0] as string))?.equals(nonsense)).toBe(true)
  expect((await archivedRecords()).map(({ message }) => message.id)).toEqual(
    expect.arrayContaining([before.id, after.id]),
  )
})
