import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { generate } from 'selfsigned'
import { homeOf } from '../home.ts'
import { run } from './fetch-once.ts'
import { jwks } from './granted-tokens.fixture.ts'
import { accepts, mavenJars, type Site } from './part.ts'

const folder = mkdtempSync(join(tmpdir(), 'kafka-security-'))
const signal = AbortSignal.timeout(120_000)
/** Of the user `tideway`. */
export const password = randomBytes(12).toString('hex')

/** A file that only this user can read. */
export const write = (name: string, content: string): string => {
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

const oauth = 'org.apache.kafka.common.security.oauthbearer'

/** Starts a broker of its own, with TLS, SCRAM, bearer tokens and client certificates. */
export const startBroker = async ([plain, controller, mutual, sasl]: number[]) => {
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
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  while (!(await accepts(sasl as number))) {
    signal.throwIfAborted()
    await wait(200)
  }
  return {
    ca: broker.cert,
    client,
    mutual: `127.0.0.1:${mutual}`,
    sasl: `127.0.0.1:${sasl}`,
    close,
  }
}
