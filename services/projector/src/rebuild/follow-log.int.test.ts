import { randomUUID } from 'node:crypto'
import type { Ends } from '@tideway/kafka/group-admin'
import { partitionOf } from '@tideway/kafka/murmur2'
import { details, event } from '@tideway/record/entries/histories.fixture'
import { expect, test } from 'vitest'
import { connectLog, twoStores } from '../stack.fixture.ts'
import { followLog } from './follow-log.ts'

const run = randomUUID().slice(0, 8)
const stores = twoStores()

const highs = (ends: ReadonlyMap<number, Ends>): Map<number, number> =>
  new Map([...ends].map(([partition, { high }]) => [partition, high]))

test('a partition whose newest events are not to be applied yet stops no other', {
  timeout: 120_000,
}, async () => {
  const { kafka, registry, publisher, outgoing } = await connectLog()
  const [built, live] = [stores.stack.mongo, stores.undisturbed.mongo]
  const [group, liveGroup] = [`follow-${run}`, `follow-live-${run}`]
  const begin = highs(await kafka.endsOf('patientEvents'))
  expect(begin.size).toBeGreaterThan(1)
  const keys = Array.from({ length: 64 }, (_, patient) => `RJZ|${run}-${patient}`)
  const of = (key: string) => partitionOf(key, begin.size)
  const held = keys[0] as string
  const other = keys.find((key) => of(key) !== of(held)) as string
  const send = (key: string, part: number) => {
    const messageId = `${key}-${part}`
    const sex = part === 0 ? 'MALE' : 'FEMALE'
    return publisher.publish([
      outgoing(event(details({ sex }), part, { patientKey: key, messageId, id: `${messageId}.0` })),
    ])
  }
  const sexOf = async (key: string) =>
    (await built.patients.findOne({ _id: key }))?.details?.RJZ?.[0]?.fields.sex

  await send(held, 0)
  const heldUntil = highs(await kafka.endsOf('patientEvents'))
  await send(held, 1)
  await kafka.placeGroup(liveGroup, 'patientEvents', heldUntil)
  await kafka.placeGroup(group, 'patientEvents', begin)
  const following = await followLog({
    ...{ kafka, registry, built, live, group, liveGroup, rules: 'test-rules' },
    marks: async () => new Map(),
    announced: new Map(),
    signal: new AbortController().signal,
    next: new Map(begin),
  })
  try {
    await following.reach(0, () => undefined)
    expect(await sexOf(held)).toBe('MALE')

    // The live record has gone on in another partition alone.
    await send(other, 0)
    const gone = highs(await kafka.endsOf('patientEvents'))
    gone.set(of(held), heldUntil.get(of(held)) as number)
    await kafka.placeGroup(liveGroup, 'patientEvents', gone)
    await following.reach(0, () => undefined)
    expect([await sexOf(held), await sexOf(other)]).toEqual(['MALE', 'MALE'])

    // What was held is read once the live record has it.
    const end = highs(await kafka.endsOf('patientEvents'))
    await kafka.placeGroup(liveGroup, 'patientEvents', end)
    await following.reach(0, () => undefined)
    expect(await sexOf(held)).toBe('FEMALE')
  } finally {
    await following.close()
    await kafka.deleteGroups([group, liveGroup])
    await publisher.close()
  }
})
