import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import { Kafka, logLevel } from 'kafkajs'

/** One record of record-changes.v1; see docs/topics.md. */
type RecordChanged = {
  patientId: string
  version: number
  messages: string[]
  changes: { kind: string; entry: string; event: string; alarms: { code: string }[] }[]
}

const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',')
const host = process.env['SCHEMA_REGISTRY_URL'] ?? 'http://127.0.0.1:8081/apis/ccompat/v7'
const groupId = process.env['CONSUMER_GROUP'] ?? 'example-typescript'
const at = process.argv.indexOf('--count')
const count = at === -1 ? Number.POSITIVE_INFINITY : Number(process.argv[at + 1])

const registry = new SchemaRegistry({ host })
const kafka = new Kafka({ clientId: groupId, brokers, logLevel: logLevel.ERROR })
const consumer = kafka.consumer({ groupId })
await consumer.connect()
await consumer.subscribe({ topic: 'record-changes.v1', fromBeginning: true })

let printed = 0
const { promise: done, resolve } = Promise.withResolvers<void>()
await consumer.run({
  // Delivery is at least once: a real subscriber drops a ce_id that it has seen.
  eachMessage: async ({ message }) => {
    if (message.value === null || printed >= count) return
    const { patientId, version, changes } = (await registry.decode(message.value)) as RecordChanged
    const id = message.headers?.['ce_id']?.toString()
    console.log(JSON.stringify({ id, patientId, version, kinds: changes.map(({ kind }) => kind) }))
    printed += 1
    if (printed === count) resolve()
  },
})
await done
await consumer.disconnect()
