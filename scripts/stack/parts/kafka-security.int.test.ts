import { spawn } from 'node:child_process'
import { createSign, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectKafka } from '@tideway/kafka/client'
import { readConfig } from '@tideway/runtime/config'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'
import { createLog } from '@tideway/runtime/log'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { homeOf } from '../home.ts'
import { freePorts } from '../test-ports.ts'
import { run } from './fetch-once.ts'
import { accepts, mavenJars, onPath, type Site } from './part.ts'

/** A broker of its own, with TLS, SCRAM, bearer tokens and client certificates. */
const folder = mkdtempSync(join(tmpdir(), 'kafka-security-'))
const signal = AbortSignal.timeout(120_000)
const password = randomBytes(12).toString('hex')
const hasJava = (await onPath('java', process.env)) !== null
const steps: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]

const write = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content, { mode: 0o600 })
  return path
}

const certificate = async (name: string) => {
  const made = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  return {
    cert: write(`${name}.crt`, made.cert),
    key: write(`${name}.key`, made.private),
    both: write(`${name}.pem`, `${made.private}\n${made.cert}`),
  }
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwks = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
}

const tokenFor = (subject: string): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const signed = `${part({ alg: 'RS256', kid: 'k1' })}.${part({
    ...{ sub: subject, aud: 'kafka', iss: 'https://issuer.example', jti: randomUUID() },
    ...{ iat: now, exp: now + 300 },
  })}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
}

let asked: { authorization: string | undefined; body: string }[] = []

/** Grants tokens by client credentials. */
const tokenEndpoint = async (): Promise<string> => {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: tokenFor('tideway'), expires_in: 300 }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  steps.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
}

const oauth = 'org.apache.kafka.common.security.oauthbearer'

const startBroker = async ([plain, controller, mutual, sasl]: number[]) => {
  const [broker, client] = [await certificate('broker'), await certificate('client')]
  const jaas = (mechanism: string) => `listener.name.sasl.${mechanism}.sasl.jaas.config`
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAIN',
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT,MUTUAL:SSL,SASL:SASL_SSL',
    listeners: `PLAIN://127.0.0.1:${plain},CONTROLLER://127.0.0.1:${controller},MUTUAL://127.0.0.1:${mutual},SASL://127.0.0.1:${sasl}`,
    'advertised.listeners': `PLAIN://127.0.0.1:${plain},MUTUAL://127.0.0.1:${mutual},SASL://127.0.0.1:${sasl}`,
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': 1,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': broker.both,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': client.cert,
    'listener.name.mutual.ssl.client.auth': 'required',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    [jaas('scram-sha-256')]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    [jaas('scram-sha-512')]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    [jaas('oauthbearer')]: `${oauth}.OAuthBearerLoginModule required;`,
    'listener.name.sasl.oauthbearer.sasl.server.callback.handler.class': `${oauth}.OAuthBearerValidatorCallbackHandler`,
    'sasl.oauthbearer.jwks.endpoint.url': `file://${write('jwks.json', JSON.stringify(jwks))}`,
    'sasl.oauthbearer.expected.audience': 'kafka',
  }
  const config = write(
    'server.properties',
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  const site = { home: homeOf(process.env), ports: {}, env: process.env, signal }
  const java = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp']
  java.push(join(await mavenJars(site as Site, 'kafka'), '*'))
  const users = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=tideway,password=${password}]`,
  ])
  const format = ['kafka.tools.StorageTool', 'format', '--cluster-id=MkU3OEVBNTcwNTJENDM2Qk']
  await run('java', [...java, ...format, '-c', config, ...users], signal)
  const allowed = `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=file://${join(folder, 'jwks.json')}`
  const child = spawn('java', ['-Xmx384m', allowed, ...java, 'kafka.Kafka', config], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  steps.unshift(async () => {
    child.kill('SIGKILL')
    await ended
  })
  while (!(await accepts(sasl as number))) {
    signal.throwIfAborted()
    await wait(200)
  }
  return { ca: broker.cert, client, mutual: `127.0.0.1:${mutual}`, sasl: `127.0.0.1:${sasl}` }
}

let broker: Awaited<ReturnType<typeof startBroker>>
let tokens = ''
beforeAll(async () => {
  if (!hasJava) return
  broker = await startBroker(await freePorts(4))
  tokens = await tokenEndpoint()
}, 150_000)
afterAll(async () => {
  for (const step of steps) await step()
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
    asked = []
    const kafka = connected({
      ...{ KAFKA_BROKERS: broker.sasl, ...overTls(), KAFKA_SASL_MECHANISM: 'OAUTHBEARER' },
      KAFKA_OAUTH_TOKEN_URL: tokens,
      KAFKA_OAUTH_CLIENT_ID: 'tideway',
      KAFKA_OAUTH_CLIENT_SECRET: 'a secret',
      KAFKA_OAUTH_SCOPE: 'kafka',
    })
    expect(await kafka.answers()).toBe(true)
    expect(await kafka.answers()).toBe(true)
    expect(asked).toEqual([
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
