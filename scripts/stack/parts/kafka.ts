import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './fetch-once.ts'
import { accepts, mavenJars, type Part, type Site } from './part.ts'

/** Above the largest `max.message.bytes` of schemas/src/topics.ts. */
const maxRecordBytes = 8_388_608

/**
 * One node that is broker and controller. The voter is configured here and not stored, so that
 * ports may change between starts.
 */
const properties = ({ home, ports }: Site): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.kafkaController}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    listeners: `PLAINTEXT://127.0.0.1:${ports.kafka},CONTROLLER://127.0.0.1:${ports.kafkaController}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.kafka}`,
    'log.dirs': join(home.data, 'kafka'),
    'auto.create.topics.enable': false,
    'message.max.bytes': maxRecordBytes,
    'replica.fetch.max.bytes': maxRecordBytes,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    // A stack that was stopped for a month resumes where it stopped.
    'offsets.retention.minutes': 525_600,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'unclean.leader.election.enable': false,
    // After kill -9 the broker would wait for its own old session to expire.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')

/** Apache Kafka from its Maven artifacts. */
export const kafkaPart = async (site: Site): Promise<Part> => {
  const { home, ports, env, signal } = site
  const jars = await mavenJars(site, 'kafka')
  const data = join(home.data, 'kafka')
  const config = join(home.data, 'kafka.properties')
  mkdirSync(data, { recursive: true })
  writeFileSync(config, properties(site))
  const java = [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-cp',
    join(jars, '*'),
  ]
  if (!existsSync(join(data, 'meta.properties')))
    // One id in 64 starts with a dash and would be read as an option without the `=`.
    await run(
      'java',
      [
        ...java,
        'kafka.tools.StorageTool',
        'format',
        `--cluster-id=${randomBytes(16).toString('base64url')}`,
        '-c',
        config,
      ],
      signal,
    )
  return {
    what: 'Kafka 4.1',
    address: `127.0.0.1:${ports.kafka}`,
    program: {
      name: 'kafka',
      command: 'java',
      args: [
        '-Xmx512m',
        '-Xms256m',
        '-XX:+UseG1GC',
        '-XX:MaxGCPauseMillis=20',
        '-XX:+ExitOnOutOfMemoryError',
        ...java,
        'kafka.Kafka',
        config,
      ],
      env,
      ready: () => accepts(ports.kafka),
      readyWithinMs: 90_000,
      graceMs: 15_000,
    },
  }
}
