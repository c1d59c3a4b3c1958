import { encode, envelopeType, type Records, wrapEvent } from '@tideway/schemas/codec'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { receiveClock } from '@tideway/ingest/receive-clock'
import type { Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import { onTestFinished } from 'vitest'
import { createIngest } from '../ingest.ts'
import { mappings } from '../normalise/normalise.fixture.ts'
import { dial } from './mllp-peer.fixture.ts'
import type { MllpServer, TlsFiles } from './mllp-server.ts'

const types = new Map(
  (Object.keys(topics) as TopicName[]).map((topic) => [
    topic,
    envelopeType(topics[topic].envelope),
  ]),
)
type Type = NonNullable<ReturnType<typeof types.get>>
const encoder = <T extends TopicName>(topic: T, value: Records[T]) =>
  encode(
    types.get(topic) as Type,
    1,
    topic === 'patientEvents' ? wrapEvent(value as Records['patientEvents']) : value,
  )

type Limits = Parameters<typeof createIngest>[0]['limits']

/** The service without Kafka: real sockets, and what it puts on the log. */
export const openIngest = ({
  sources,
  limits,
}: {
  sources: readonly Source[]
  limits?: Partial<Limits>
}) => {
  const sent: Outgoing[] = []
  const metrics = createMetrics()
  const ingest = createIngest({
    sources,
    mappings,
    production: false,
    limits: {
      maxMessageBytes: 1_000_000,
      idleFrameMs: 30_000,
      maxInFlightBytes: 10_000_000,
      pace: { deadlineMs: 120_000, minBytesPerSecond: 4_096 },
      connectionsPerAddress: 1_000,
      ...limits,
    },
    clock: receiveClock(),
    publisher: { publish: async (records) => void sent.push(...records) },
    store: { putNew: async () => true },
    encode: encoder,
    tracing: startTracing('test', null),
    metrics,
    log: createLog('test', 'fatal'),
  })
  const at = (tls: TlsFiles | null) => ({ name: 'mllp', host: '127.0.0.1', port: 0, tls })
  const closed = async (opening: Promise<MllpServer>) => {
    const server = await opening
    onTestFinished(server.close)
    return server
  }
  return {
    sent,
    metrics,
    listenForSources: (tls: TlsFiles | null = null) => closed(ingest.listenForSources(at(tls))),
    listenForAnyone: () => closed(ingest.listenForAnyone(at(null))),
    received: () =>
      sent
        .filter(({ topic }) => topic === 'rawMessages')
        .map(({ value }) =>
          (types.get('rawMessages') as Type).fromBuffer(value.subarray(5)),
        ) as MessageReceived[],
  }
}

/** A sender, closed with the test. */
export const dialled = async (port: number, from?: string) => {
  const peer = await dial(port, from)
  onTestFinished(() => void peer.socket.destroy())
  return peer
}
