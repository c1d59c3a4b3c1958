import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { observation, patient } from '../sender.fixture.ts'
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

test('what was sent before a restart resolves after it', async () => {
  const log = sharedLog()
  expect((await startProcess(log).put(mother)).status).toBe(200)
  expect((await startProcess(log).post(about('Patient/123'))).status).toBe(201)
  expect(resultsIn(log).map(({ patientKey }) => patientKey)).toEqual(['X99|A1'])
})

test('what another process received a moment ago resolves', async () => {
  const log = sharedLog()
  const [one, two] = [startProcess(log), startProcess(log)]
  await one.put(mother)
  expect((await two.post(about('Patient/123'))).status).toBe(201)
})

test('what is not durable is not known', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  log.failures.after = 0
  await expect(process.put(mother)).rejects.toThrow()
  log.failures.after = Number.POSITIVE_INFINITY
  expect((await process.post(about('Patient/123'))).status).toBe(202)
})

test('a withdrawal is durable before its resource is known with the new patient: a retry says it again', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  const put = (number: string) =>
    process.put({
      ...about(`Patient?identifier=https://x99.example/id/patient|${number}`),
      id: 'o',
    })
  await put('A1')
  log.failures.after = 1
  await later(1_000)
  await expect(put('A2')).rejects.toThrow()
  log.failures.after = Number.POSITIVE_INFINITY
  await later(1_000)
  expect((await put('A2')).status).toBe(200)
  const withdrawn = resultsIn(log).filter(({ place }) => place === 'Observation.subject')
  expect(withdrawn.map(({ patientKey }) => patientKey)).toEqual(['X99|A1', 'X99|A1'])
  expect(process.references.of('client-x99')('Observation/o')).toMatchObject({
    patientKey: 'X99|A2',
    event: 'ResultReported',
    key: '~Observation/o',
  })
})

test('two updates at two processes that did not know of each other: the first patient loses it', async () => {
  const log = sharedLog()
  const [one, two] = [startProcess(log), startProcess(log)]
  const put = (process: typeof one, number: string) =>
    process.put({
      ...about(`Patient?identifier=https://x99.example/id/patient|${number}`),
      id: 'o',
    })
  await put(one, 'A1')
  await later(5)
  await put(two, 'A2')
  expect(resultsIn(log).map(({ place }) => place)).toEqual(['Observation', 'Observation'])
  one.readOn()
  two.readOn()
  await later(100)
  const withdrawn = resultsIn(log).filter(({ place }) => place === 'Observation.subject')
  expect(new Set(withdrawn.map(({ patientKey }) => patientKey))).toEqual(new Set(['X99|A1']))
  expect(withdrawn[0]?.body).toMatchObject({
    reportId: '~Observation/o',
    observations: [{ key: 'K||1', status: 'wrong-patient', value: null }],
  })
})

test('the archive keeps what a message rested on', async () => {
  const log = sharedLog()
  const process = startProcess(log)
  await process.put(mother)
  await process.post(about('Patient/123'))
  expect(log.messages().map(({ submission }) => submission)).toMatchObject([
    { client: 'client-x99', method: 'PUT', base: 'https://record.example/fhir', resolved: [] },
    { method: 'POST', resolved: [{ names: ['Patient/123'], patientKey: 'X99|A1' }] },
  ])
})
