import { readdirSync, readFileSync } from 'node:fs'
import { envelopeType, wrapEvent } from '@tideway/schemas/codec'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorCodes } from '../errors.ts'
import { normalise } from './normalise.ts'
import { folder, x99, mappings, receivedAt, a01 } from './normalise.fixture.ts'

const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hl7'))
  .map((file) => readFileSync(new URL(file, folder)))
const envelope = envelopeType('PatientEventV1')
const interesting = [0, 10, 13, 28, 11, 34, 38, 94, 124, 126, 92, 255, 195, 233]

/** Bytes of a sample with some removed, duplicated or replaced. */
const mutated = fc
  .record({
    sample: fc.nat(samples.length - 1),
    edits: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 9_999 }),
        cut: fc.nat(60),
        put: fc.array(fc.oneof(fc.constantFrom(...interesting), fc.nat(255)), { maxLength: 8 }),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ sample, edits }) =>
    edits.reduce((bytes, { at, cut, put }) => {
      const start = Math.floor((at * bytes.length) / 10_000)
      return Buffer.concat([
        bytes.subarray(0, start),
        Buffer.from(put),
        bytes.subarray(start + cut),
      ])
    }, samples[sample] as Buffer),
  )

test('any bytes give valid events, or a coded problem with a place that contains no value', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 9, arbitrary: mutated },
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      ),
      (bytes) => {
        const { events, problem, unused, patientKeys } = normalise(
          { source: x99, bytes, receivedAt },
          mappings,
          { production: false },
        )
        if (problem !== null) {
          seen.add(problem.code)
          expect(errorCodes).toContain(problem.code)
          expect(problem.code).not.toBe('UNEXPECTED')
          expect(problem.place).toMatch(/^[A-Z][A-Z0-9]{2}(\[\d+\])?(-\d+)?$/)
        }
        for (const event of events) expect(envelope.isValid(wrapEvent(event))).toBe(true)
        for (const field of unused)
          expect(field).toMatch(/^(\?|[A-Z][A-Z0-9]{2}-\d+(~|\.\d+(\.\d+)?)?)$/)
        for (const key of patientKeys) expect(key).toMatch(/^[^|]+\|./s)
      },
    ),
    { numRuns: 600 },
  )
  expect(seen.size).toBeGreaterThan(3)
})

test('an internal defect parks the message at the segment being read', () => {
  const broken = {
    types: new Map([
      [
        'ADT^A01',
        {
          ...mappings.types.get('ADT^A01'),
          handles: ['ADT^A01'],
          toEvents: (...args: Parameters<typeof throwAfterPv1>) => throwAfterPv1(...args),
        },
      ],
    ]),
    fixes: new Map(),
  }
  const { problem, patientKeys } = normalise(
    { source: x99, bytes: Buffer.from(a01), receivedAt },
    broken,
    { production: false },
  )
  expect(problem).toEqual({ code: 'UNEXPECTED', place: 'PV1[1]' })
  expect(patientKeys).toEqual(['X99|1002003'])
})

const throwAfterPv1 = (message: import('@tideway/hl7v2/lexer/message').Hl7Message): never => {
  message.reading = message.segments.find((segment) => segment.name === 'PV1') ?? null
  throw new TypeError('defect')
}
