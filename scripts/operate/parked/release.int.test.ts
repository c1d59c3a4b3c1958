import type { MessageReceived } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../client/poll.ts'
import { openOperatorStack, type OperatorStack } from '../operator-stack.fixture.ts'

let stack: OperatorStack
let mappable: MessageReceived
let unmappable: MessageReceived

beforeAll(async () => {
  stack = await openOperatorStack()
  mappable = stack.parkedMessage(stack.hl7('A01', '1001'), 1)
  unmappable = stack.parkedMessage(stack.hl7('A99', '1002'), 2)
  await stack.kafka.startAtEnd(`events-${stack.run}`, ['patientEvents'])
  await stack.publishRaw([mappable, unmappable])
  const received = () => stack.mongo.messages.countDocuments({ source: stack.source })
  expect(await pollUntil(received, (count) => count === 2, 30_000)).toBe(2)
})
afterAll(() => stack?.close())

test('a message that can be mapped now is released with its first receive time; another stays parked and says why', {
  timeout: 180_000,
}, async () => {
  const events: { id: string; receivedAt: number; patientKey: string }[] = []
  const consumer = await stack.kafka.consumer({
    topics: ['patientEvents'],
    groupId: `events-${stack.run}`,
    gatherMs: 20,
    registry: stack.registry,
    onBatch: async (_, batch) =>
      void events.push(
        ...batch.records.flatMap(({ value }) => (value?.source === stack.source ? [value] : [])),
      ),
    onCrash: (cause) => {
      throw cause
    },
  })
  const released = await stack.command('parked', 'release', '--all', '--source', stack.source)
  expect(released.said).toContain(`released      ${mappable.id}`)
  expect(released.said).toContain(`${unmappable.id}  ${stack.source} ADT^A01`)
  expect(released.said).toContain('still UNSUPPORTED_TYPE at MSH-9')
  expect(released.code).toBe(1)
  expect((await stack.ledgerOf(mappable))?.parked).toMatchObject({ state: 'RELEASED' })
  expect((await stack.ledgerOf(unmappable))?.parked).toMatchObject({ state: 'PARKED' })
  const { events: count = 0, patientKeys = [] } = (await stack.ledgerOf(mappable)) ?? {}
  expect([count > 0, patientKeys]).toEqual([true, [`${stack.source}|1001`]])

  const replayed = await stack.command(
    'replay',
    '--from',
    new Date(stack.receivedAt / 1000 - 1_000).toISOString(),
    '--to',
    new Date(stack.receivedAt / 1000 + 1_000).toISOString(),
    '--source',
    stack.source,
  )
  expect(replayed.said).toContain(`replayed 1 of 2 messages`)
  expect(replayed.said).toContain('1 parked or dropped, not replayed')
  await pollUntil(
    async () => events.length,
    (seen) => seen >= 2 * count,
    20_000,
  )
  await consumer.close()
  expect(events.length).toBe(2 * count)
  expect(new Set(events.map(({ id }) => id)).size).toBe(count)
  for (const event of events)
    expect([event.receivedAt, event.patientKey]).toEqual([
      mappable.receivedAt,
      `${stack.source}|1001`,
    ])
})

test('a message that can be used only in part is released and replayed in part, and stays marked as such', {
  timeout: 60_000,
}, async () => {
  const visitless = (patient: string, after: number) =>
    stack.parkedMessage(
      Buffer.from(
        stack
          .hl7('A01', patient)
          .toString()
          .replace(/PV1.*\r/, ''),
      ),
      after,
    )
  const waiting = visitless('1005', 2_000_000)
  const inPart = {
    ...visitless('1006', 2_000_001),
    problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1' },
    parked: false,
    patientKeys: [`${stack.source}|1006`],
    events: 1,
  }
  await stack.publishRaw([waiting, inPart])
  for (const message of [waiting, inPart])
    expect(
      await pollUntil(
        () => stack.ledgerOf(message),
        (ledger) => ledger !== null,
        30_000,
      ),
    ).not.toBeNull()

  expect((await stack.command('parked', 'release', waiting.id)).said).toContain(
    `released      ${waiting.id}`,
  )
  expect(await stack.ledgerOf(waiting)).toMatchObject({
    parked: { state: 'RELEASED' },
    problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1' },
    events: 1,
    patientKeys: [`${stack.source}|1005`],
  })
  for (const { id } of [waiting, inPart])
    expect((await stack.command('replay', '--message', id)).said).toContain(
      'replayed 1 of 1 messages',
    )
})

test('the bytes of a message are returned unchanged', async () => {
  expect(
    (await stack.command('replay', '--message', mappable.id, '--bytes')).stdout.equals(
      mappable.bytes as Buffer,
    ),
  ).toBe(true)
})

test('dropping a message needs a reason, and it is no longer listed', {
  timeout: 180_000,
}, async () => {
  expect((await stack.command('parked', 'drop', unmappable.id)).code).toBe(2)
  expect((await stack.command('parked', 'list', '--source', stack.source)).said).toContain(
    unmappable.id,
  )
  expect(
    (await stack.command('parked', 'drop', unmappable.id, '--reason', 'a test of the sender')).code,
  ).toBe(0)
  expect((await stack.command('parked', 'list', '--source', stack.source)).said).toContain(
    'Nothing is parked.',
  )
  expect((await stack.ledgerOf(unmappable))?.parked).toMatchObject({
    state: 'DROPPED',
    reason: 'a test of the sender',
  })
})
