import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { partitionsAtFirst, subjectOf, type Topic, topics } from '@tideway/schemas/topics'
import { topicDoc, topicRetention } from './topic-facts.ts'

/** What the key of each topic is; a new topic without a row does not compile. */
const keys: Record<keyof typeof topics, string> = {
  rawMessages: 'Message id.',
  patientEvents: 'Source patient: ODS code of the organisation, a vertical bar and its identifier.',
  recordChanges: 'Source patient: ODS code of the organisation, a vertical bar and its identifier.',
  personEvents: 'Public id of the person, which is that of its founder.',
  parkedMessages: 'Source patient, or message id where no patient could be identified.',
  fhirResources: 'Client, a space, and type and id of the resource or the id of the message.',
}

/** CloudEvents binary mode; the values are UTF-8 text. */
const headers = {
  type: 'object',
  required: ['ce_id', 'ce_type', 'ce_source', 'ce_specversion', 'ce_time'],
  properties: {
    ce_id: { type: 'string', description: 'Event id: the same message bytes give the same id.' },
    ce_type: { type: 'string', description: 'Event type, e.g. tideway.PatientAdmitted.' },
    ce_source: { type: 'string', description: 'What produced it, e.g. /sources/RJZ.' },
    ce_specversion: { type: 'string', const: '1.0' },
    ce_time: { type: 'string', format: 'date-time' },
    'content-type': { type: 'string', const: 'application/vnd.apache.avro' },
    traceparent: { type: 'string', description: 'W3C Trace Context, if the event is traced.' },
  },
}

/** Newest released schema of a topic, as a path from docs/. */
const newestRelease = (root: string, { name }: Topic): string => {
  const releases = readdirSync(join(root, 'schemas/released', name))
  const newest = Math.max(...releases.map((file) => Number.parseInt(file, 10)))
  return `../schemas/released/${name}/${newest}.avsc`
}

const channelOf = (topic: Topic) => ({
  address: topic.name,
  description: `${topicDoc(topic)} Kept ${topicRetention(topic)}.`,
  messages: { [topic.envelope]: { $ref: `#/components/messages/${topic.envelope}` } },
  bindings: {
    kafka: { topic: topic.name, partitions: partitionsAtFirst.production, bindingVersion: '0.5.0' },
  },
})

const messageOf = (root: string, topic: Topic, key: string) => ({
  name: topic.envelope,
  summary: topicDoc(topic),
  contentType: 'application/vnd.apache.avro',
  headers,
  payload: {
    schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
    schema: { $ref: newestRelease(root, topic) },
  },
  bindings: {
    kafka: {
      key: { type: 'string', description: key },
      schemaIdLocation: 'payload',
      schemaIdPayloadEncoding: 'confluent',
      bindingVersion: '0.5.0',
    },
  },
  description: `Confluent wire format; subject ${subjectOf(topic)} of the schema registry.`,
})

/**
 * The topics as an AsyncAPI 3.0 document in JSON.
 *
 * @param root  checkout whose released schemas are referred to
 * @see AsyncAPI 3.0.0; Kafka bindings 0.5.0
 */
export const asyncApi = (root: string): string => {
  // A topic is documented from its first release on.
  const all = (Object.entries(topics) as [keyof typeof topics, Topic][]).filter(([, { name }]) =>
    existsSync(join(root, 'schemas/released', name)),
  )
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Tideway topics',
      version: '0.1.0',
      description:
        'What Tideway publishes on Kafka. Applications consume record-changes.v1; the other ' +
        'topics are its own.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/vnd.apache.avro',
    channels: Object.fromEntries(all.map(([name, topic]) => [name, channelOf(topic)])),
    operations: Object.fromEntries(
      all.map(([name]) => [
        `publish-${name}`,
        { action: 'send', channel: { $ref: `#/channels/${name}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        all.map(([name, topic]) => [topic.envelope, messageOf(root, topic, keys[name])]),
      ),
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
