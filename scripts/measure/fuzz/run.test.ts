import { expect, test } from 'vitest'
import { errorCodes } from '@tideway/hl7-ingest/errors'
import { hl7Target } from './hl7-target.ts'
import { escaped, minimise } from './minimise.ts'
import { fuzz } from './run.ts'
import type { FuzzTarget } from './target.ts'

const silent = () => undefined
const asked = { seed: 7, runs: 2_000, withinMs: 2_000 }

test('two thousand mutated messages each get a coded answer in time', {
  timeout: 120_000,
}, async () => {
  const result = fuzz(
    await hl7Target('/nowhere'),
    { seed: 1, runs: 2_000, withinMs: 2_000 },
    silent,
  )
  expect(result.failure?.why ?? null).toBeNull()
  expect(result.runs).toBe(2_000)
  expect(result.outcomes.get('taken')).toBeGreaterThan(100)
  expect(result.outcomes.get('NOT_HL7')).toBeGreaterThan(10)
  for (const outcome of result.outcomes.keys())
    expect(['taken', 'too large', ...errorCodes]).toContain(outcome)
})

const broken: FuzzTarget = {
  seeds: [Buffer.from('MSH|^~\\&|A|B\rPID|1||5\rPV1|1|I\r')],
  tokens: [Buffer.from('!')],
  check: (bytes) => {
    if (bytes.includes('PID') && bytes.includes('!')) throw new Error('broken')
    return 'taken'
  },
}

test('a failure is found, minimised, and found again with the same seed', () => {
  const { failure } = fuzz(broken, asked, silent)
  expect(failure).toMatchObject({ seed: 7, why: expect.stringContaining('broken') })
  expect(escaped(failure?.bytes as Buffer)).toMatch(/^(PID!|!PID)$/)
  expect(fuzz(broken, asked, silent).failure).toEqual(failure)
})

test('a slow target fails', () => {
  const busy = (began = process.cpuUsage()) => {
    while (process.cpuUsage(began).user < 3_000);
    return 'taken'
  }
  const slow: FuzzTarget = { ...broken, check: () => busy() }
  expect(fuzz(slow, { seed: 1, runs: 1, withinMs: 1 }, silent).failure?.why).toMatch(/took \d+ ms/)
})

test('the shortest message that still fails is kept', () => {
  expect(
    minimise(Buffer.from(`${'a'.repeat(50)}XY${'b'.repeat(33)}`), (bytes) =>
      bytes.includes('XY'),
    ).toString(),
  ).toBe('XY')
  expect(escaped(Buffer.from('a\r\\\xff', 'latin1'))).toBe('a\\x0d\\\\\\xff')
})
