import { watermarkStore } from '@tideway/mongo/watermark-store'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../client/poll.ts'
import { openOperatorStack, type OperatorStack } from '../operator-stack.fixture.ts'

let stack: OperatorStack
beforeAll(async () => {
  stack = await openOperatorStack()
})
afterAll(() => stack?.close())

test('when a message that cannot be applied is dropped, what waited behind it is applied, and a replay skips it', {
  timeout: 180_000,
}, async () => {
  const patientKey = `${stack.source}|1003`
  const [spoilt, behind] = [3, 4].map((after) => ({
    ...stack.parkedMessage(stack.hl7('A01', `100${after}`), after),
    problem: null,
    parked: false,
    patientKeys: [patientKey],
    events: 1,
  })) as [MessageReceived, MessageReceived]
  const merged = {
    type: 'PatientsMerged' as const,
    surviving: [],
    prior: [],
    priorKeys: [],
    priorAccount: null,
    priorVisit: null,
    priorNames: [],
    survivingKey: null,
    mergedAt: null,
  }
  const applicable = stack.registry.encode('patientEvents', {
    id: `${behind.id}.0`,
    messageId: behind.id,
    source: stack.source,
    patientKey,
    receivedAt: behind.receivedAt,
    sentAt: null,
    place: 'MRG[1]',
    body: merged,
    notShown: null,
  })
  const event = (message: MessageReceived, value: Buffer) => ({
    topic: 'patientEvents' as const,
    key: patientKey,
    value,
    headers: { ce_id: `${message.id}.0`, ce_source: `/sources/${stack.source}` },
  })
  const { skipTo, save } = watermarkStore(stack.mongo, await stack.kafka.logId())
  await stack.kafka.startAtEnd(`projector-${stack.run}`, ['patientEvents'], skipTo)
  await save()
  const projector = stack.service('projector', { CONSUMER_GROUP: `projector-${stack.run}` })
  await stack.publishRaw([spoilt, behind])
  await stack.publisher.publish([event(spoilt, Buffer.from('no event')), event(behind, applicable)])
  const stateOf = async (message: MessageReceived) => (await stack.ledgerOf(message))?.parked?.state
  for (const message of [spoilt, behind])
    expect(
      await pollUntil(
        () => stateOf(message),
        (state) => state === 'PARKED',
        30_000,
      ),
    ).toBe('PARKED')

  const dropped = await stack.command(
    'parked',
    'drop',
    spoilt.id,
    '--reason',
    'the sender sent it in error',
  )
  expect(dropped.said).toContain('what waited behind it is applied')
  expect(dropped.code).toBe(0)
  expect((await stack.ledgerOf(spoilt))?.parked).toMatchObject({
    state: 'DROPPED',
    stage: 'PROJECT',
    code: 'INVALID_RECORD',
    reason: 'the sender sent it in error',
  })
  expect(
    await pollUntil(
      () => stateOf(behind),
      (state) => state === 'RELEASED',
      10_000,
    ),
  ).toBe('RELEASED')
  expect(await stack.mongo.patients.findOne({ _id: patientKey })).toMatchObject({
    incomplete: null,
    merges: [{ message: behind.id }],
  })
  expect(
    await pollUntil(
      () => stack.mongo.held.countDocuments(),
      (count) => count === 0,
      10_000,
    ),
  ).toBe(0)
  expect((await stack.command('parked', 'drop', spoilt.id, '--reason', 'again')).said).toContain(
    'dropped already',
  )
  await stack.end(projector)

  await pollUntil(
    () =>
      stack.mongo.archiveObjects.countDocuments({
        lastReceivedAt: { $gte: new Date(spoilt.receivedAt / 1000) },
      }),
    (count) => count > 0,
    20_000,
  )
  expect((await stack.command('replay', '--message', spoilt.id)).said).toContain(
    '1 parked or dropped, not replayed',
  )
})
