import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bundle, observation, patient, post, sender } from '../sender.fixture.ts'
import { sharedLog, startProcess } from './process.fixture.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const mother = { ...patient('A1'), id: '123' }
const value = { valueQuantity: { value: 6.1 } }
const about = (reference: string, more: object = {}) =>
  observation('K', value, { subject: { reference }, ...more })
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const resultsIn = (log: ReturnType<typeof sharedLog>) =>
  log.events().filter(({ body }) => body.type === 'ResultReported')
const statesIn = (log: ReturnType<typeof sharedLog>) =>
  log.parked().map(({ state, problem }) => [state, problem.code])

test('a message that came first is applied when its target comes, with its first time and ids', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  const early = await process.post(about('Patient/123'))
  expect([early.status, resultsIn(log), statesIn(log)]).toEqual([
    202,
    [],
    [['PARKED', 'UNRESOLVED_REFERENCE']],
  ])
  const [waiting] = log.resources()
  const { messageId, receivedAt } = waiting?.record.waiting ?? {}
  await later(60_000)
  expect(resultsIn(log)).toEqual([])
  await process.put(mother)
  await later(1_000)
  expect(resultsIn(log)).toMatchObject([
    { id: `${messageId}.0`, messageId, receivedAt, patientKey: 'X99|A1' },
  ])
  expect(statesIn(log)).toEqual([
    ['PARKED', 'UNRESOLVED_REFERENCE'],
    ['RELEASED', 'UNRESOLVED_REFERENCE'],
  ])
  await later(600_000)
  expect(resultsIn(log)).toHaveLength(1)
})

test('another process applies it if the one that has the target does not, and after a restart a third', async () => {
  for (const restarted of [false, true]) {
    const log = sharedLog()
    const one = startProcess(log)
    await one.post(about('Patient/123'))
    const two = startProcess(log)
    two.catchUp.reads = false
    const three = sharedLog()
    await startProcess(three).put(mother)
    log.records.push(...three.records)
    if (!restarted) {
      one.readOn()
      await later(5_000)
    } else {
      await one.references.close()
      await two.references.close()
      startProcess(log)
      await later(5_000)
    }
    expect(resultsIn(log).map(({ patientKey }) => patientKey)).toContain('X99|A1')
    expect(new Set(resultsIn(log).map(({ id }) => id))).toHaveLength(1)
  }
})

test('a message that waits for another that waits', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r',
    status: 'final',
    code: { text: 'Urea' },
    conclusion: 'Normal.',
    subject: { reference: 'Patient/123' },
    result: [{ reference: 'Observation/o' }],
  }
  expect((await process.put(report)).status).toBe(202)
  expect((await process.put({ ...about('Patient/123'), id: 'o' })).status).toBe(202)
  await process.put(mother)
  await later(5_000)
  expect(resultsIn(log).map(({ patientKey }) => patientKey)).toEqual(['X99|A1', 'X99|A1'])
  expect(statesIn(log).filter(([state]) => state === 'RELEASED')).toHaveLength(2)
})

test('after the time of the source a message is given up, and stays parked', async () => {
  const log = sharedLog()
  const process = startProcess(log, sender('X99', { waitForReferencesHours: 2 }))
  await process.post(about('Patient/123'))
  await later(2 * 3_600_000 - 60_000)
  expect(statesIn(log)).toHaveLength(1)
  await later(120_000)
  expect(statesIn(log)).toEqual([
    ['PARKED', 'UNRESOLVED_REFERENCE'],
    ['PARKED', 'REFERENCE_GIVEN_UP'],
  ])
  await process.put(mother)
  await later(60_000)
  expect([resultsIn(log), log.parked().length]).toEqual([[], 2])
})

test('without a setting a message waits three days', async () => {
  const log = sharedLog()
  await startProcess(log).post(about('Patient/123'))
  const { until = 0, receivedAt = 0 } = log.resources()[0]?.record.waiting ?? {}
  expect((until - receivedAt) / 3_600_000_000).toBe(72)
})

test('an entry of a batch that waits is applied later; the others at once', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  await process.post(
    bundle(
      'batch',
      post(patient('A2'), 'urn:uuid:p'),
      post(about('urn:uuid:p')),
      post(about('Patient/123')),
    ),
  )
  expect(resultsIn(log).map(({ patientKey }) => patientKey)).toEqual(['X99|A2'])
  await process.put(mother)
  await later(1_000)
  expect(new Set(resultsIn(log).map(({ patientKey }) => patientKey))).toEqual(
    new Set(['X99|A2', 'X99|A1']),
  )
})
