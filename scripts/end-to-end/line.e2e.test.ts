import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessageAnswer } from '@tideway/record-api/json/message'
import type { PatientRecord } from '@tideway/record-api/json/record'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, openApi } from '../operate/client/api.ts'
import { pollUntil } from '../operate/client/poll.ts'
import {
  admission,
  birthDate,
  hospitalNumber,
  nhsNumber,
  potassium,
} from '../measure/line-messages.ts'
import { addressOf, openConnection } from '../measure/load/connection.ts'
import { type RunningSystem, startSystem } from './running-system.fixture.ts'

/**
 * The whole system, started with npm start: from the MLLP port to the record that a doctor at
 * another hospital reads. The tests share one stack and run in order.
 */
let system: RunningSystem
let clinician: Api
let operator: Api

const pidOf = (service: string) =>
  Number(readFileSync(join(system.home, 'pids', `${service}.pid`), 'utf8'))
const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

beforeAll(async () => {
  system = await startSystem()
  const { addresses } = system
  clinician = await openApi(addresses, { role: 'clinician', organisation: 'RJ1' }, process.env)
  operator = await openApi(addresses, { role: 'operator', organisation: 'RJZ' }, process.env)
})

afterAll(() => system?.remove())

/** Sends one message to the port for agreed senders. @returns MSA-1 and MSA-2 */
const send = async (message: Buffer, controlId: string) => {
  const connection = await openConnection(addressOf(system.addresses.mllp as string))
  const [answer] = await connection.exchange(message, [controlId], 30_000)
  await connection.close()
  return [answer?.code, answer?.controlId]
}

const readRecord = async (): Promise<PatientRecord | null> => {
  const { patients } = await clinician.post<{ patients: { id: string }[] }>(
    '/api/patients/search',
    { nhsNumber, birthDate },
  )
  return patients[0] === undefined
    ? null
    : clinician.get<PatientRecord>(`/api/patients/${patients[0].id}/record`)
}

const ledger = async (controlId: string) =>
  (
    await operator.get<{ messages: MessageAnswer[] }>(
      `/api/messages?controlId=${controlId}&source=RJZ`,
    )
  ).messages

test('an admission sent by King’s can be read at the Evelina', async () => {
  expect(await send(admission, 'E2E-A01')).toEqual(['AA', 'E2E-A01'])
  const record = await pollUntil(readRecord, (read) => read !== null, 30_000, 50)
  expect(record?.identifiers).toContainEqual(
    expect.objectContaining({ value: hospitalNumber, source: 'RJZ', segment: 'PID[1]' }),
  )
  expect(record?.whereNow).toMatchObject({ organisation: 'RJZ', location: { pointOfCare: 'PICU' } })
  expect(record?.encounters).toEqual([
    expect.objectContaining({ organisation: 'RJZ', encounterId: 'V-E2E-1', status: 'open' }),
  ])
})

test('a result can be read within a second or so of being sent', async () => {
  const began = performance.now()
  expect(await send(potassium, 'E2E-R01')).toEqual(['AA', 'E2E-R01'])
  const record = await pollUntil(readRecord, (read) => (read?.counts.reports ?? 0) > 0, 30_000, 20)
  const tookMs = performance.now() - began

  expect(record?.reports[0]?.observations).toEqual([
    expect.objectContaining({
      value: '6.8',
      unit: expect.objectContaining({ code: 'mmol/L' }),
      status: 'final',
    }),
  ])
  expect(record).toMatchObject({ parked: 0, counts: { encounters: 1, reports: 1 } })
  expect(tookMs).toBeLessThan(2_000)
  // Nothing is missing but a value of the message that is not shown, which the record says.
  const codesOf = (read: PatientRecord | null) =>
    read?.completeness.reasons.map(({ code }) => code).join()
  const whole = await pollUntil(readRecord, (read) => codesOf(read) === 'content-not-shown', 30_000)
  expect([codesOf(whole), whole?.complete]).toEqual(['content-not-shown', false])
})

test('an interface team can look up what became of its message', async () => {
  const [message] = await pollUntil(
    () => ledger('E2E-R01'),
    ([found]) => found?.archive != null && found.projectedAt !== undefined,
    30_000,
  )
  expect(message).toMatchObject({
    source: 'RJZ',
    type: 'ORU^R01',
    answered: 'AA',
    duplicates: 0,
  })
  expect(message).not.toHaveProperty('parked')
  expect(message).not.toHaveProperty('problem')
  expect(message?.archive?.object).toMatch(
    /^raw-messages\.v1\/\d{4}\/\d\d\/\d\d\/\d+-\d{20}\.avro$/,
  )
})

test('a record cannot be read without a token', async () => {
  const response = await fetch(`${system.addresses.recordApi}/api/patients/search`, {
    method: 'POST',
    body: JSON.stringify({ nhsNumber, birthDate }),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(401)
})

test('a killed receiver is restarted, and a repeated message only adds to a count', async () => {
  const killed = pidOf('hl7-ingest')
  process.kill(killed, 'SIGKILL')
  const ready = async () =>
    pidOf('hl7-ingest') !== killed &&
    (await fetch(`${system.addresses.health['hl7-ingest']}/health/ready`)).ok
  expect(
    await pollUntil(
      () => ready().catch(() => false),
      (yes) => yes,
      60_000,
    ),
  ).toBe(true)

  expect(await send(admission, 'E2E-A01')).toEqual(['AA', 'E2E-A01'])
  const [message] = await pollUntil(
    () => ledger('E2E-A01'),
    ([found]) => found?.duplicates === 1,
    30_000,
  )
  expect(message?.duplicates).toBe(1)
  expect((await readRecord())?.counts).toMatchObject({ encounters: 1, reports: 1 })
})

test('stopping ends everything that was started', { timeout: 120_000 }, async () => {
  const pids = readdirSync(join(system.home, 'pids'))
    .filter((file) => file.endsWith('.pid'))
    .map((file) => pidOf(file.slice(0, -'.pid'.length)))
  expect(pids.length).toBeGreaterThanOrEqual(5)
  system.process.kill('SIGTERM')
  expect(await system.ended).toBe(0)
  expect(pids.filter(alive)).toEqual([])
})
