import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '@tideway/shared/config'
import { connectKafka } from '@tideway/shared/kafka'
import { createLog } from '@tideway/shared/log'
import { kafkaBrokers } from '@tideway/shared/settings'

const main = new URL('main.ts', import.meta.url).pathname
const sourcesDir = new URL('../../../schemas/sources', import.meta.url).pathname
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const start = (settings: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [main], { env: { ...process.env, ENVIRONMENT: 'development', MLLP_PORT: '0', MLLP_SANDBOX_PORT: '0', HEALTH_PORT: '0', SOURCES_DIR: sourcesDir, LOG_LEVEL: 'info', ...settings } })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number)
  const line = async (message: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = said.out.split('\n').find((text) => text.includes(`"msg":"${message}"`))
      if (found !== undefined) return JSON.parse(found) as Record<string, unknown>
      await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(`ended: ${said.err}`)))])
    }
  }
  return { child, said, ended, line }
}

test('every bad setting is named, and it ends with 2', async () => {
  const { ended, said } = start({ MLLP_PORT: 'x', KAFKA_BROKERS: '' })
  expect(await ended).toBe(2)
  expect(said.err).toContain('MLLP_PORT must be a whole number')
  expect(said.err).toContain('KAFKA_BROKERS is missing')
})

test('takes a message, tells its health and its counts without a value of it, and ends with 0 when asked', async () => {
  const { kafkaBrokers: brokers } = readConfig(process.env, { kafkaBrokers })
  await connectKafka(brokers, 'ingest-test', createLog('test', 'fatal')).ensureTopics(1)
  const { child, ended, line, said } = start({})
  const { ports, health } = (await line('listening')) as { ports: { sandbox: number }; health: number }

  const socket = connect(ports.sandbox, '127.0.0.1')
  socket.write('\x0bMSH|^~\\&|PAS|RXX|||20260701||ADT^A01|SECRETID|P|2.4\rEVN|A01|20260701\rPID|1||SECRETPATIENT^^^RXX^MR||SECRETNAME||SECRETDATE\rPV1|1|I\r\x1c\r\x0bSECRETNONSENSE\x1c\r')
  let answers = ''
  while (answers.split('\x1c\r').length < 3) answers += String((await once(socket, 'data'))[0])
  expect(answers).toContain('MSA|AA|SECRETID')
  expect(answers).toContain('MSA|AR|')

  const ready = await fetch(`http://127.0.0.1:${health}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true, missing: [] }])
  const metrics = await (await fetch(`http://127.0.0.1:${health}/metrics`)).text()
  for (const name of ['messages_received_total{source="sandbox"', 'messages_refused_total{code="NOT_HL7"', 'ack_seconds_bucket', 'mllp_connections{listener="sandbox"} 1', 'mllp_received_bytes_total', 'commit_waiting', 'messages_by_character_set_total']) {
    expect(metrics).toContain(`tideway_${name}`)
  }

  socket.end()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(said.out + said.err + metrics).not.toContain('SECRET')
})
