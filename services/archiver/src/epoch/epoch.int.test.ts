import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { openArchiverTest, stop, until } from '../archiver-process.fixture.ts'

const archiver = await openArchiverTest()
const { mongo, publish, received, start, store } = archiver
afterAll(() => archiver.close())

const archived = async () =>
  (await mongo.archiveObjects.find().toArray()).reduce((sum, { messages }) => sum + messages, 0)

test('a running archiver stops when the database is another one, and does not start again', {
  timeout: 180_000,
}, async () => {
  const child = start()
  const ended = once(child, 'exit')
  await publish([received(randomBytes(100)), received(randomBytes(100))])
  await until('both are archived', async () => (await archived()) === 2, 60_000)
  await mongo.epoch.updateOne({ _id: 'epoch' }, { $set: { id: 'of another installation' } })
  expect(await ended).toEqual([1, null])
  expect(await once(start(), 'exit')).toEqual([1, null])
})

test('a database that was restored from an older state is noticed', {
  timeout: 120_000,
}, async () => {
  const bytes = await store.get('epoch.json')
  const { id } = JSON.parse(bytes?.toString() ?? '{}') as { id: string }
  await mongo.epoch.updateOne({ _id: 'epoch' }, { $set: { id } })
  const child = start()
  await publish([received(randomBytes(100))])
  await until('it is archived', async () => (await archived()) === 3, 60_000)
  await stop(child, 'SIGTERM')
  await mongo.archiveObjects.deleteMany({})
  expect(await once(start(), 'exit')).toEqual([1, null])
})
