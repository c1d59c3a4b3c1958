import { groupCommit } from '@tideway/ingest/group-commit'
import { maxSendBytes } from '@tideway/ingest/take-custody'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { isParked } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { receivingTopics } from '@tideway/ingest/open-log'
import { messageRecords, sizeOf } from '@tideway/ingest/message-records'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectRegistry } from '@tideway/kafka/registry'
import { quantiles } from '../../load/quantiles.ts'
import { kings, loadMessages } from './messages.ts'

// The broker alone: the records that ingest publishes for these messages, prepared beforehand and
// sent through the same group commit by callers that each wait for their own. `node broker.ts
// '{"kafka": "...", "registry": "...", "callers": [1, 8], "seconds": 5}'`
const {
  kafka,
  registry: registryUrl,
  callers,
  seconds,
} = JSON.parse(process.argv[2] ?? '{}') as {
  kafka: string
  registry: string
  callers: number[]
  seconds: number
}
const { source, mappings } = await kings()
const registry = connectRegistry(registryUrl)
await registry.register(receivingTopics)
const prepared = loadMessages(2_000, 1_000, 'K').map((bytes, index) => {
  const receivedAt = Date.now() * 1000 + index
  const arrival = {
    source: source.ods,
    bytes,
    payload: null,
    connection: 'bench',
    receivedAt,
    traceparent: `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-01`,
    answered: 'AA',
  }
  return messageRecords(
    arrival,
    normalise({ source, bytes, receivedAt }, mappings, { production: false }),
    registry.encode,
    isParked,
  ).records
})
const publisher = await connectKafka(
  kafka.split(','),
  'bench',
  createLog('bench', 'error'),
).publisher()
const commit = groupCommit<Outgoing>(publisher.publish, maxSendBytes)

const run = async (count: number, forSeconds: number) => {
  const until = performance.now() + forSeconds * 1000
  const began = performance.now()
  const times: number[] = []
  const work = async (first: number) => {
    for (let at = first; performance.now() < until; at += count) {
      const records = prepared[at % prepared.length] as Outgoing[]
      const sentAt = performance.now()
      await commit.submit(records, sizeOf(records), sentAt + 30_000)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  return {
    callers: count,
    perSecond: (times.length * 1000) / (performance.now() - began),
    ms: quantiles(times),
  }
}

await run(32, 2)
const rows = []
for (const count of callers) rows.push(await run(count, seconds))
await publisher.close()
console.log(
  JSON.stringify({
    rows,
    bytesPerMessage: prepared.reduce((sum, records) => sum + sizeOf(records), 0) / prepared.length,
  }),
)
