import { expect, test } from 'vitest'
import { goals } from './goals.ts'
import { ledgerRead, recordRead } from './queries/read-names.ts'
import type { Results } from './results.ts'

const machine = { cores: 2, model: '', memoryGiB: 1, loadBefore: 0, node: '' }
const row = (what: string, perSecond: number) => ({
  what,
  connections: 32,
  perSecond,
  p50: 1,
  p95: 1,
  p99: 1,
  notTaken: 0,
  cpuMicros: {},
  residentMiB: {},
})
const grown = (size: number, projector: number) => ({
  size,
  perSecond: 1,
  wireP50: 1,
  wireP95: 1,
  cpuMicros: { projector },
  recordMs: null,
})
const run = (more: Partial<Results>): Results => ({ at: '', machine, store: '', ...more })

test('a goal holds at its ratio and not below', () => {
  const alone = (rate: number) => [row('ingest alone', rate), row('HAPI with Kafka', 100)]
  expect(goals(run({ ackAlone: alone(200) }))[0]?.holds).toBe(true)
  expect(goals(run({ ackAlone: alone(199) }))[0]?.holds).toBe(false)
  expect(goals(run({ ackAlone: [row('ingest alone', 200)] }))[0]?.holds).toBeNull()
})

test('what was not measured neither holds nor fails', () => {
  expect(goals(run({})).map(({ holds }) => holds)).toEqual(goals(run({})).map(() => null))
})

test('a cost that doubles is not flat', () => {
  const flat = (last: number) =>
    goals(run({ patients: [grown(1_000, 100), grown(1_000_000, last)] })).find(({ goal }) =>
      goal.includes('patients grow'),
    )?.holds
  expect([flat(140), flat(200)]).toEqual([true, false])
})

test('the slowest type decides, and a rate under the goal does not hold', () => {
  const holds = (rates: [string, number][]) =>
    goals(
      run({
        normaliseByType: rates.map(([what, normalise]) => ({
          what,
          bytes: 1,
          parse: 1,
          normalise,
        })),
      }),
    )
      .filter(({ goal }) => /ADT|ten/.test(goal))
      .map((goal) => goal.holds)
  expect(
    holds([
      ['ADT^A01', 9_000],
      ['ADT^A60', 4_999],
      ['ORU^R01, 10 results', 2_000],
    ]),
  ).toEqual([false, true])
  expect(holds([['ADT^A01', 5_000]])).toEqual([true, null])
})

test('FHIR is held to two thousand resources, and to nothing where it could not be measured', () => {
  const holds = (normaliseFhir: Results['normaliseFhir'] & {}) =>
    goals(run({ normaliseFhir })).find(({ goal }) => goal.includes('FHIR and'))?.holds
  const at = (normaliseAndEncode: number) => ({
    bundles: 1,
    resources: 9,
    parse: 9_999,
    normalise: 3_000,
    normaliseAndEncode,
  })
  expect([holds(at(2_000)), holds(at(1_999))]).toEqual([true, false])
  const line = (ingest: number) => ({
    bundles: 1,
    resources: 9,
    notTaken: 0,
    unread: 0,
    connections: 4,
    answeredPerSecond: 1,
    readablePerSecond: 1,
    answerMs: null,
    behindMs: 1,
    cpuMicros: { 'fhir-ingest': ingest, kafka: 100, load: 900 },
  })
  const ofLine = (ingest: number) =>
    goals(run({ fhirLine: line(ingest) }))
      .filter(({ goal }) => /^FHIR/.test(goal))
      .map((one) => one.holds)
  expect([ofLine(400), ofLine(401), ofLine(501)]).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ])
  expect(
    goals(run({ normaliseFhir: null })).find(({ goal }) => goal.includes('FHIR and'))?.holds,
  ).toBeNull()
})

const readsAt = (recordMs: number, ledgerMs: number) => {
  const quantiles = (p50: number) => ({ count: 1, mean: 1, max: 1, p50, p95: 1, p99: 1 })
  return {
    ...{ perSecond: 200, rate: 200, failed: 0, search: null, section: null },
    ...{ record: quantiles(recordMs), ledger: quantiles(ledgerMs) },
  }
}
const timedAt = (name: string, size: number, p50: number, storeCpuMs: number) => ({
  ...{ service: 'record-api', name, size, p50, p95: p50, storeCpuMs },
})

test('reads hold below their limits, alone and among others, and while the ledger does not slow them', () => {
  const holds = (recordMs: number, ledgerMs: number, growth: number) =>
    goals(
      run({
        queries: [
          {
            store: 'store',
            sizes: [10_000, 1_000_000],
            timed: [
              timedAt(recordRead, 10_000, 5, 10),
              timedAt(recordRead, 1_000_000, recordMs, 10 * growth),
              timedAt(ledgerRead, 10_000, 5, 10),
              timedAt(ledgerRead, 1_000_000, ledgerMs, 10 * growth),
            ],
            reads: readsAt(recordMs, ledgerMs),
          },
        ],
      }),
    )
      .filter(({ goal }) => goal.includes('on store'))
      .map((goal) => goal.holds)
  expect(holds(50, 20, 1.5)).toEqual(Array.from({ length: 10 }, () => true))
  const [record, ledger, ...others] = holds(51, 21, 1.6)
  expect([record, ledger]).toEqual([false, false])
  expect(others.filter((one) => one === false)).toHaveLength(4)
})
