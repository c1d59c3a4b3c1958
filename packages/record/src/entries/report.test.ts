// Over 250 lines: the state table of an observation in a report.
import type { Report } from '@tideway/schemas/documents/entry'
import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { event, observation, result } from './histories.fixture.ts'
import { evolveEntry } from './entry.ts'
import { codesOf } from '../status/codes.fixture.ts'
import { observationStatuses, readObservationStatus } from '../status/observation-status.ts'
import { settleObservation } from './settle-observation.ts'
import { keptOf } from './kept-statements.ts'

/**
 * What was reported, each a minute after the one before, and then in the other order: it must be
 * the same.
 */
const given = (...reports: ResultReported[]): Report => {
  const events = reports.map((body, index) => event(body, index))
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events)?.data as Report
}
const shown = ({ observations }: Report) =>
  observations.map(({ key, status, valueFrom, reported }) => [
    key,
    status,
    valueFrom === null ? null : reported[valueFrom]?.value,
  ])
const told = (status: string, value: string | null, more: Partial<Observation> = {}) =>
  observation(status, value, more)

test('a correction shows its value and keeps the old one', () => {
  const report = given(
    result([told('F', '6.9')], { status: 'F' }),
    result([told('C', '4.1')], { status: 'C' }),
  )
  expect(shown(report)).toEqual([['K', 'corrected', '4.1']])
  expect(report.observations[0]?.reported.map(({ value }) => value)).toEqual(['6.9', '4.1'])
  expect([report.status, report.statusAsSent]).toEqual(['corrected', 'C'])
})

test.each([
  ['C', 'corrected', '4.1'],
  ['D', 'entered-in-error', null],
  ['W', 'wrong-patient', null],
  ['X', 'cancelled', null],
  ['A', 'amended', '4.1'],
  ['F', 'final', '4.1'],
])('%s sent later holds, though analysed and issued earlier', (code, status, value) => {
  const first = result([told('F', '6.9', { analysedAt: '2026-06-30T10:00+01:00' })], {
    issuedAt: '2026-06-30T11:00+01:00',
  })
  for (const analysedAt of [null, '2026-06-30', '2026-06-30T09:30+01:00'])
    for (const issuedAt of [null, '2026-06-30T09:45+01:00', '2026-06-30T11:00+01:00'])
      expect(
        shown(given(first, result([told(code, value, { analysedAt })], { issuedAt }))),
      ).toEqual([['K', status, value]])
})

test('a preliminary result sent later does not undo a final or corrected one, whenever it was analysed', () => {
  for (const [code, status] of [
    ['F', 'final'],
    ['C', 'corrected'],
  ] as const)
    for (const analysedAt of [null, '2026-06-30T08:00+01:00', '2026-06-30T18:00+01:00'])
      expect(
        shown(given(result([told(code, '5.0')]), result([told('P', '4.0', { analysedAt })]))),
      ).toEqual([['K', status, '5.0']])
})

test('a final by U takes the preliminary value, whichever is seen first', () => {
  expect(shown(given(result([told('P', '4.0')]), result([told('U', null)])))).toEqual([
    ['K', 'final', '4.0'],
  ])
})

test('a result of the wrong patient shows no value', () => {
  expect(shown(given(result([told('F', '6.9')]), result([told('W', '6.9')])))).toEqual([
    ['K', 'wrong-patient', null],
  ])
})

test('a report entered in error leaves no value, named by that message or not, until it is stated again', () => {
  const [potassium, sodium, urea] = ['K', 'NA', 'UREA'].map((key) =>
    told('F', '6.9', { key, place: `OBX[${key.length}]` }),
  ) as [Observation, Observation, Observation]
  const first = result([potassium, sodium, told('W', '1', { key: 'X', place: 'OBX[9]' })], {
    status: 'F',
  })
  const back = result([{ ...potassium, ...readObservationStatus('D', 'HL70085') }], {
    status: 'entered-in-error',
  })
  const gone = given(first, back)
  expect([gone.status, gone.statusAsSent, shown(gone)]).toEqual([
    'entered-in-error',
    'entered-in-error',
    [
      ['K', 'entered-in-error', null],
      ['NA', 'entered-in-error', null],
      ['X', 'wrong-patient', null],
    ],
  ])
  expect(shown(given(first, back, result([urea], { status: null })))).toEqual([
    ...shown(gone),
    ['UREA', 'entered-in-error', null],
  ])
  expect(shown(given(first, back, result([], { status: 'F' })))).toEqual(shown(gone))
  expect(shown(given(first, back, result([sodium], { status: 'F' })))).toEqual([
    ['K', 'entered-in-error', null],
    ['NA', 'final', '6.9'],
    ['X', 'wrong-patient', null],
  ])
})

test('observations stand in the order they were first reported, a correction of one included', () => {
  const three = ['A', 'B', 'C'].map((key, index) =>
    told('F', '1', { key, place: `OBX[${index + 9}]` }),
  )
  const more = [
    told('C', '2', { key: 'C', place: 'OBX[1]' }),
    told('F', '1', { key: 'D', place: 'OBX[2]' }),
  ]
  expect(shown(given(result(three), result(more))).map(([key]) => key)).toEqual([
    'A',
    'B',
    'C',
    'D',
  ])
})

test('fields of the header that a newer message leaves empty stay as they were said', () => {
  const { header } = given(
    result([], { collectedAt: '2026-06-30T08:00+01:00', status: 'P' }),
    result([], { issuedAt: '2026-07-01T01:01+01:00', status: 'F' }),
  )
  expect(Object.assign({}, ...header.toReversed().map(({ fields }) => fields))).toMatchObject({
    collectedAt: '2026-06-30T08:00+01:00',
    status: 'final',
    statusAsSent: 'F',
  })
})

test('of an observation reported for a year the newest hundred are kept', () => {
  const report = given(
    ...Array.from({ length: 130 }, (_, index) => result([told('F', String(index))])),
  )
  expect(report.observations[0]?.reported).toHaveLength(100)
  expect(shown(report)).toEqual([['K', 'final', '129']])
})

test('however many preliminary values follow, a final one stays, and one of the wrong patient does not come back', () => {
  const many = Array.from({ length: 150 }, (_, n) => result([told('P', String(n))]))
  expect(shown(given(result([told('F', '4.0')]), result([told('V', null)]), ...many))).toEqual([
    ['K', 'verified', '4.0'],
  ])
  const late = result([told('F', '9.9')])
  const wrong = result([told('W', '9.9')])
  const report = given(late, wrong, ...many)
  expect(shown(report)).toEqual([['K', 'preliminary', '149']])
  expect(report.observations[0]?.reported.length).toBe(102)
})

const observationCodes = codesOf(observationStatuses, 'HL70085')

type Said = { code: string | null; value: string | null; index: number }
const reportsOf = (...codes: (string | null)[]) =>
  fc
    .array(fc.record({ code: fc.constantFrom(...codes), value: fc.constantFrom('1', null) }), {
      minLength: 1,
      maxLength: 30,
    })
    .map((all) => all.map((said, index): Said => ({ ...said, index })))
const settledOf = (all: readonly Said[]) => {
  const { status, valueFrom } = settleObservation(
    all.map(({ code, value }) => ({
      status: readObservationStatus(code, 'HL70085').status,
      hasValue: value !== null,
    })),
  )
  return { status, value: valueFrom === null ? null : (all[valueFrom]?.index ?? null) }
}
/**
 * What is left if they come in this order and only so many of the newest are kept whatever they
 * say.
 */
const leftOf = (arriving: readonly Said[], limit: number): Said[] => {
  const toldOf = ({ code, value, index }: Said) => ({
    ...observation(code, value),
    message: String(index),
    version: '',
    source: '',
  })
  return arriving.reduce<Said[]>((before, said) => {
    const all = [...new Set(before.concat(said))].toSorted((a, b) => a.index - b.index)
    return keptOf(all.map(toldOf), limit).map(
      ({ message }) => all.find(({ index }) => String(index) === message) as Said,
    )
  }, [])
}
const whole = ['F', 'C', 'D', 'W', 'X', 'N', 'P', 'R', 'S', 'I', 'O']
const limits = fc.integer({ min: 1, max: 4 })
const inAnyOrder = (...codes: (string | null)[]) =>
  reportsOf(...codes).chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc
        .shuffledSubarray([...all, ...all], { minLength: all.length })
        .map((some) => [...some, ...all]),
    ),
  )

test('any number of reports of a value, in any order and repetition, end in the status that all of them would', () => {
  fc.assert(
    fc.property(inAnyOrder(...whole, '?', null), limits, ([all, arriving], limit) => {
      expect(settledOf(leftOf(arriving, limit))).toEqual(settledOf(all))
    }),
    { numRuns: 2_000 },
  )
})

test('so do those among which some speak of the value before them, as they come', () => {
  fc.assert(
    fc.property(reportsOf(...observationCodes, '?', null), limits, (all, limit) => {
      for (let count = 1; count <= all.length; count++)
        expect(settledOf(leftOf(all.slice(0, count), limit))).toEqual(
          settledOf(all.slice(0, count)),
        )
    }),
    { numRuns: 2_000 },
  )
})

test('one that comes when the value it speaks of was let go never takes another for it', () => {
  fc.assert(
    fc.property(inAnyOrder(...observationCodes), limits, ([all, arriving], limit) => {
      const { status, value } = settledOf(leftOf(arriving, limit))
      const isPreliminary = value !== null && ['P', 'R', 'S'].includes(all[value]?.code ?? '')
      if (isPreliminary && status !== 'preliminary')
        expect(['U', 'V', 'A', 'B']).toContain(all[value + 1]?.code)
    }),
    { numRuns: 5_000 },
  )
})

test('what is kept stays small: the newest, one of each word, and what the newest rest on', () => {
  fc.assert(
    fc.property(inAnyOrder(...observationCodes, '?', null), ([, arriving]) => {
      expect(leftOf(arriving, 1).length).toBeLessThanOrEqual(
        1 + 2 * (observationCodes.length - 5 + 2) + 2,
      )
    }),
  )
})

test.each([
  ['U', 'final'],
  ['V', 'verified'],
  ['A', 'amended'],
  ['B', 'amended'],
])(
  'a value of which %s was said stays, however many preliminary ones follow it',
  (code, status) => {
    const many = Array.from({ length: 250 }, (_, n) => result([told('P', String(n))]))
    const events = [result([told('P', '4.0')]), result([told(code, null)]), ...many].map(
      (body, index) => event(body, index),
    )
    const report = events.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)?.data as Report
    expect(shown(report)).toEqual([['K', status, '4.0']])
    expect(report.observations[0]?.reported.length).toBe(102)
  },
)
