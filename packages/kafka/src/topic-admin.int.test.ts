import { createLog } from '@tideway/runtime/log'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectKafka } from './client.ts'

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',')
const kafka = connectKafka(brokers, 'topic-admin-test', createLog('test', 'fatal'))
const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin()
const topic = 'record-changes.v1'

/** Sets exactly these for the topic. */
const configure = (config: Record<string, string>) =>
  admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: 2,
        name: topic,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      },
    ],
  })

const asMade = { 'retention.ms': '1209600000', 'max.message.bytes': '4194304' }

beforeAll(async () => {
  await admin.connect()
  await kafka.ensureTopics(1)
})
afterAll(async () => {
  await configure(asMade)
  await admin.disconnect()
})

test('one broker: replication and in-sync replicas are named, and nothing else', async () => {
  await configure(asMade)
  expect(await kafka.topicDifferences(['recordChanges'])).toMatchObject([
    { topic, setting: 'replication factor', is: '1', repair: null },
    { topic, setting: 'min.insync.replicas', is: '1', repair: null },
  ])
})

test('an existing topic that loses records is found and mended; what else is set stays', async () => {
  await configure({
    ...asMade,
    'retention.ms': '60000',
    'cleanup.policy': 'compact',
    'unclean.leader.election.enable': 'true',
    'segment.ms': '604800001',
  })
  const found = await kafka.topicDifferences(['recordChanges'])
  expect(found.flatMap(({ setting, repair }) => (repair === null ? [] : setting))).toEqual([
    'unclean.leader.election.enable',
    'cleanup.policy',
    'retention.ms',
  ])
  const left = await kafka.repairTopics(['recordChanges'])
  expect(left.map(({ setting }) => setting)).toEqual(['replication factor', 'min.insync.replicas'])
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: 2, name: topic, configNames: ['segment.ms', 'max.message.bytes'] }],
  })
  expect(
    Object.fromEntries(
      resources.flatMap(({ configEntries }) =>
        configEntries.map(({ configName, configValue }) => [configName, configValue]),
      ),
    ),
  ).toEqual({ 'segment.ms': '604800001', 'max.message.bytes': '4194304' })
})
