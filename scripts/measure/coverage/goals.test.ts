import { expect, test } from 'vitest'
import { coverageGoals } from './goals.ts'
import type { CorpusCoverage } from './measure.ts'
import type { Pair } from './pairs/read-pairs.ts'
import type { CorpusReading } from './reading.ts'

const reading = (more: Partial<CorpusReading>): CorpusReading => ({
  file: 'a.hl7',
  repository: 'a/b',
  type: 'ADT^A01',
  fate: 'events',
  malformed: null,
  problem: null,
  unused: [],
  events: [],
  ...more,
})
const fact = { kind: 'names', path: 'Patient.name.family', value: 'DOE', codes: [] } as const
const pair = (more: Partial<Pair>): Pair => ({
  file: 'a.hl7',
  type: 'ADT^A01',
  fate: 'events',
  held: [fact],
  missed: [],
  onlyOurs: [],
  ...more,
})
const tried = (lost: number) => ({
  type: 'ADT^A01',
  name: 'PV1-7.9',
  tried: 2,
  lost,
  files: lost > 0 ? ['a.hl7'] : [],
})
const good: CorpusCoverage = { hl7: [reading({})], fhir: [], tried: [tried(0)], pairs: [pair({})] }
const holding = (more: Partial<CorpusCoverage>) =>
  coverageGoals({ ...good, ...more }).map(({ holds }) => holds)
const unsupported = { code: 'UNSUPPORTED_TYPE', place: 'MSH-9' }

test('all goals are met if everything is mapped, kept and found', () =>
  expect(holding({})).toEqual([true, true, true, true]))

test('each fault violates its own goal', () => {
  expect(holding({ hl7: [reading({}), reading({ problem: unsupported })] })).toEqual([
    false,
    true,
    true,
    true,
  ])
  expect(holding({ hl7: [reading({ problem: { code: 'UNEXPECTED', place: 'PV1[1]' } })] })).toEqual(
    [false, false, true, true],
  )
  expect(holding({ tried: [tried(1)] })).toEqual([true, true, false, true])
  expect(holding({ pairs: [pair({ missed: [fact] })] })).toEqual([true, true, true, false])
})

test('malformed messages and types outside the table violate no goal', () => {
  const others = [
    reading({}),
    reading({ malformed: 'no PID', problem: unsupported }),
    reading({ fate: null, problem: unsupported }),
  ]
  expect(holding({ hl7: others, pairs: [pair({}), pair({ fate: null, missed: [fact] })] })).toEqual(
    [true, true, true, true],
  )
})

test('goals without data are not met', () =>
  expect(holding({ hl7: [], tried: [], pairs: [] })).toEqual([false, true, false, false]))

test('violations are named by place, without values', () => {
  const [first, , third, fourth] = coverageGoals({
    ...good,
    hl7: [reading({ problem: unsupported })],
    tried: [tried(1)],
    pairs: [pair({ missed: [fact] })],
  })
  expect(first?.offending).toEqual(['a.hl7 ADT^A01 UNSUPPORTED_TYPE at MSH-9'])
  expect(third?.offending).toEqual(['ADT^A01 PV1-7.9 1 of 2, e.g. in a.hl7'])
  expect(fourth?.offending).toEqual(['a.hl7 names Patient.name.family'])
})
