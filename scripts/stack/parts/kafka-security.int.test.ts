import { connectKafka } from '@tideway/kafka/client'
import { readConfig } from '@tideway/runtime/config'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'
import { createLog } from '@tideway/runtime/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts } from '../test-ports.ts'
import { openTokenEndpoint } from './granted-tokens.fixture.ts'
import { onPath } from './part.ts'
import { password, startBroker, write } from './secured-broker.fixture.ts'

/** Without Java the parts of the stack are containers. */
const hasJava = (await onPath('java', process.env)) !== null

let broker: Awaited<ReturnType<typeof startBroker>>
let tokens: Awaited<ReturnType<typeof openTokenEndpoint>>
beforeAll(async () => {
  if (!hasJava) return
  broker = await startBroker(await freePorts(4))
  tokens = await openTokenEndpoint()
}, 150_000)
afterAll(async () => {
  tokens?.close()
  await broker?.close()
})

const connected = (env: NodeJS.ProcessEnv) =>
  connectKafka(
    withKafka(readConfig(env, kafkaSettings)),
    'security-test',
    createLog('security-test', 'fatal'),
  )
const overTls = () => ({ KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: broker.ca })
const scram = (mechanism: string, secret: string) => ({
  ...{ KAFKA_BROKERS: broker.sasl, ...overTls(), KAFKA_SASL_MECHANISM: mechanism },
  KAFKA_SASL_USERNAME: 'tideway',
  KAFKA_SASL_PASSWORD_FILE: write('password', `${secret}\n`),
})

test.skipIf(!hasJava).each(['SCRAM-SHA-256', 'SCRAM-SHA-512'])(
  '%s with the password in a file',
  async (mechanism) => {
    expect(await connected(scram(mechanism, password)).answers()).toBe(true)
    await expect(connected(scram(mechanism, 'wrong')).answers()).rejects.toThrow(
      /SASL|authentication/i,
    )
  },
)

test.skipIf(!hasJava)(
  'OAUTHBEARER by client credentials: one token for several connections',
  async () => {
    const kafka = connected({
      ...{ KAFKA_BROKERS: broker.sasl, ...overTls(), KAFKA_SASL_MECHANISM: 'OAUTHBEARER' },
      KAFKA_OAUTH_TOKEN_URL: tokens.url,
      KAFKA_OAUTH_CLIENT_ID: 'tideway',
      KAFKA_OAUTH_CLIENT_SECRET: 'a secret',
      KAFKA_OAUTH_SCOPE: 'kafka',
    })
    expect(await kafka.answers()).toBe(true)
    expect(await kafka.answers()).toBe(true)
    expect(tokens.asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('tideway:a%20secret').toString('base64')}`,
        body: 'grant_type=client_credentials&scope=kafka',
      },
    ])
  },
)

test.skipIf(!hasJava)(
  'a client certificate is needed where the broker asks for one, and records are published',
  async () => {
    const mutual = { KAFKA_BROKERS: broker.mutual, ...overTls() }
    await expect(connected(mutual).answers()).rejects.toThrow()
    const kafka = connected({
      ...mutual,
      KAFKA_TLS_CERT_FILE: broker.client.cert,
      KAFKA_TLS_KEY_FILE: broker.client.key,
    })
    await kafka.ensureTopics(1)
    const publisher = await kafka.publisher()
    await publisher.publish([
      { topic: 'recordChanges', key: 'k', value: Buffer.from('v'), headers: {} },
    ])
    await publisher.close()
  },
)

test.skipIf(!hasJava)(
  'a broker whose certificate no known authority signed is not trusted',
  async () => {
    await expect(
      connected({
        ...scram('SCRAM-SHA-512', password),
        KAFKA_TLS_CA_FILE: broker.client.cert,
      }).answers(),
    ).rejects.toThrow(/certificate|self-signed/i)
  },
)
