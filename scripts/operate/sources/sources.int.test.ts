import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dial, until } from '@tideway/hl7-ingest/listen/mllp-peer.fixture'
import { clientTokenOf } from '@tideway/http/client-token.fixture'
import { connectKafka } from '@tideway/kafka/client'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { kafkaBrokers } from '@tideway/runtime/common-settings'
import { readConfig } from '@tideway/runtime/config'
import { createLog } from '@tideway/runtime/log'
import { appliedFile, type SourceFile } from '@tideway/schemas/source'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkout, runTool } from '../../checks/tool.ts'

const dir = mkdtempSync(join(tmpdir(), 'sources-'))
const home = mkdtempSync(join(tmpdir(), 'home-'))
cpSync(join(checkout, 'schemas/sources'), dir, { recursive: true })
rmSync(join(dir, appliedFile), { force: true })
afterAll(() => {
  killServices()
  for (const folder of [dir, home]) rmSync(folder, { recursive: true })
})
beforeAll(async () => {
  const { kafkaBrokers: brokers } = readConfig(process.env, { kafkaBrokers })
  await connectKafka(brokers, 'sources-test', createLog('test', 'fatal')).ensureTopics(1)
})

const start = (service: string, settings: NodeJS.ProcessEnv) =>
  startService(new URL(`file://${checkout}/services/${service}/src/main.ts`), {
    ENVIRONMENT: 'development',
    HEALTH_PORT: '0',
    SOURCES_DIR: dir,
    LOG_LEVEL: 'info',
    ...settings,
  })
const startHl7 = async () => {
  const service = start('hl7-ingest', { MLLP_PORT: '0', INGEST_WORKERS: '2' })
  const listening = await service.line('listening')
  const { ports, health } = listening as { ports: { mllp: number }; health: number }
  return { ...service, port: ports.mllp, health, listening }
}
const startFhir = async () => {
  const service = start('fhir-ingest', { FHIR_PORT: '0' })
  const listening = await service.line('listening')
  const { addresses, health } = listening as { addresses: [AddressInfo]; health: number }
  return { ...service, port: addresses[0].port, health }
}
const sources = (subcommand: string) =>
  runTool('node', [join(checkout, 'scripts/sources.ts'), subcommand], checkout, {
    SOURCES_DIR: dir,
    ENVIRONMENT: 'development',
    TIDEWAY_HOME: home,
  })

const freePort = async (): Promise<number> => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

let sent = 0
/** MSA of a message of a facility. */
const answerTo = async (port: number, facility: string) => {
  sent += 1
  const peer = await dial(port)
  peer.send(
    `MSH|^~\\&|PAS|${facility}|||20260701||ADT^A28|S${sent}|P|2.4\rPID|1||S${sent}^^^${facility}^MR\r`,
  )
  await until(() => peer.answers().length === 1)
  peer.socket.destroy()
  return peer.msas()[0]?.replace(/\|S\d+/, '')
}
/** Of both workers: connections are dealt in turn. */
const answersOf = (port: number, facility: string) =>
  Promise.all(Array.from({ length: 4 }, () => answerTo(port, facility)))

const createPatient = async (port: number, ods: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}/fhir/Patient`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await clientTokenOf(ods)}`,
      'content-type': 'application/fhir+json',
    },
    body: JSON.stringify({
      resourceType: 'Patient',
      identifier: [{ system: `https://${ods.toLowerCase()}.example/id/patient`, value: '1' }],
    }),
  })
  await answer.arrayBuffer()
  return answer.status
}

const newSource = (port: number): SourceFile => {
  const text = readFileSync(join(dir, 'rj1.json'), 'utf8')
  const source = JSON.parse(text.replaceAll('RJ1', 'RX9').replaceAll('rj1', 'rx9')) as SourceFile
  Object.assign(source.hl7?.match ?? {}, {
    sendingFacilities: ['RX9'],
    ports: [port],
    addresses: ['127.0.0.0/8'],
  })
  return source
}

test('a source is added without a restart: taken over by every process, refused whole, and kept', async () => {
  const [hl7, fhir, own] = [await startHl7(), await startFhir(), await freePort()]
  const health = {
    'hl7-ingest': `http://127.0.0.1:${hl7.health}`,
    'fhir-ingest': `http://127.0.0.1:${fhir.health}`,
  }
  writeFileSync(join(home, 'addresses.json'), JSON.stringify({ health }))
  const open = await dial(hl7.port)
  expect(await answersOf(hl7.port, 'RX9')).toEqual(Array(4).fill('MSA|AR|UNKNOWN_SOURCE'))
  expect(await createPatient(fhir.port, 'RX9')).toBe(403)

  writeFileSync(join(dir, 'rx9.json'), JSON.stringify(newSource(own)))
  const applied = await sources('apply')
  expect(applied).toMatchObject({
    code: 0,
    output: expect.stringContaining('Version 1 is in force: 6 sources'),
  })
  expect(applied.output).toContain('hl7-ingest: 2 of 2 processes')
  expect(applied.output).toContain('fhir-ingest: 1 of 1 process')
  // At its own port only: on the shared one the name alone proves nothing.
  expect(await answersOf(own, 'RX9')).toEqual(Array(4).fill('MSA|AA'))
  expect(await answersOf(own, 'RJZ')).toEqual(Array(4).fill('MSA|AR|SENDER_MISMATCH'))
  expect(await answersOf(hl7.port, 'RX9')).toEqual(Array(4).fill('MSA|AR|SENDER_MISMATCH'))
  expect(await createPatient(fhir.port, 'RX9')).toBe(201)
  expect(open.socket.closed).toBe(false)

  writeFileSync(join(dir, 'rj1.json'), '{')
  rmSync(join(dir, 'rx9.json'))
  expect((await sources('apply')).code).toBe(2)
  expect(await answersOf(own, 'RX9')).toEqual(Array(4).fill('MSA|AA'))

  hl7.child.kill('SIGTERM')
  await hl7.ended
  const again = await startHl7()
  expect(again.listening).toMatchObject({ sourcesVersion: 1, ownPorts: [own] })
  expect(await answersOf(own, 'RX9')).toEqual(Array(4).fill('MSA|AA'))

  rmSync(join(dir, 'rj1.json'))
  writeFileSync(
    join(home, 'addresses.json'),
    JSON.stringify({ health: { ...health, 'hl7-ingest': `http://127.0.0.1:${again.health}` } }),
  )
  const removed = await sources('apply')
  expect(removed).toMatchObject({
    code: 0,
    output: expect.stringContaining('(RJ1 removed, RX9 removed)'),
  })
  await expect
    .poll(() =>
      dial(own).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  expect(await createPatient(fhir.port, 'RX9')).toBe(403)
}, 120_000)
