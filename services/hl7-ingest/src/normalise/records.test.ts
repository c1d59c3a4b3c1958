import { encode, envelopeType, type Records, wrapEvent } from '@tideway/schemas/codec'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { messageRecords } from '@tideway/ingest/message-records'
import { expect, test } from 'vitest'
import { loadMappings } from './load-mappings.ts'
import { type Normalised, normalise } from './normalise.ts'
import { isParked } from '../acknowledge/outcomes.ts'
import { sandboxSource } from '../identify/sandbox-source.ts'

const types = new Map(
  (Object.keys(topics) as TopicName[]).map((topic) => [
    topic,
    envelopeType(topics[topic].envelope),
  ]),
)
const encoder = <T extends TopicName>(topic: T, value: Records[T]) =>
  encode(
    types.get(topic) as NonNullable<ReturnType<typeof types.get>>,
    1,
    topic === 'patientEvents' ? wrapEvent(value as Records['patientEvents']) : value,
  )
const bytes = Buffer.from(
  'MSH|^~\\&|PAS|RXX|||20260701||ADT^A01|1|P|2.4\rEVN|A01|20260701\rPID|1||A1^^^X^MR\rPV1|1|I|WARD||||||||||||||||V1|||||||||||||||||||||||||20260701\r',
)
const arrival = {
  source: 'RXX',
  bytes,
  payload: null,
  connection: 'mllp/1 a:1',
  receivedAt: 1_000_000,
  traceparent: '00-0-0-01',
  answered: 'AA',
}
const normalised: Normalised = normalise(
  {
    source: sandboxSource('RXX', { maxMessageBytes: 1, idleFrameMs: 1 }),
    bytes,
    receivedAt: 1_000_000,
  },
  await loadMappings(),
  { production: false },
)
const decodedOf = <T>(topic: TopicName, of: ReturnType<typeof messageRecords>): T[] =>
  of.records
    .filter((record) => record.topic === topic)
    .map(({ value }) => types.get(topic)?.fromBuffer(value.subarray(5)) as T)

test('events first, keyed by patient, then the message, keyed by its id, in the partition of its source', () => {
  const { records, problem } = messageRecords(arrival, normalised, encoder, isParked)
  expect(problem).toBeNull()
  expect(records.at(-1)).toMatchObject({
    topic: 'rawMessages',
    key: normalised.messageId,
    partitionKey: 'RXX',
  })
  expect(records.slice(0, -1).map(({ topic, key }) => [topic, key])).toEqual(
    normalised.events.map(() => ['patientEvents', 'RXX|A1']),
  )
})

test.each([
  ['that cannot be encoded', { sentAt: 'never' as unknown as number }],
  ['that is too large for the topic', { source: 'x'.repeat(4_000_000) }],
])('an event %s parks the message whole; its bytes are kept', (_, wrong) => {
  const [first, ...rest] = normalised.events
  if (first === undefined) throw new Error('no event')
  const made = messageRecords(
    arrival,
    { ...normalised, events: [{ ...first, ...wrong }, ...rest] },
    encoder,
    isParked,
  )
  expect(made.problem?.code).toBe('UNEXPECTED')
  expect(decodedOf('patientEvents', made)).toEqual([])
  expect(decodedOf<MessageReceived>('rawMessages', made)[0]).toMatchObject({
    events: 0,
    parked: true,
    problem: { code: 'UNEXPECTED' },
    bytes: expect.any(Buffer),
  })
  expect(decodedOf<MessageParked>('parkedMessages', made)[0]).toMatchObject({
    stage: 'NORMALISE',
    state: 'PARKED',
    patientKey: 'RXX|A1',
  })
})

test('a parked message is keyed by its patient if it has one, else by its id', () => {
  const problem = { code: 'SEVERAL_PATIENTS', place: 'PID' }
  const keyOf = (patientKeys: string[]) =>
    messageRecords(
      arrival,
      { ...normalised, events: [], patientKeys, problem },
      encoder,
      isParked,
    ).records.find(({ topic }) => topic === 'parkedMessages')?.key
  expect(keyOf(['RXX|A1'])).toBe('RXX|A1')
  expect(keyOf(['RXX|A1', 'RXX|A2'])).toBe(normalised.messageId)
  expect(keyOf([])).toBe(normalised.messageId)
})
