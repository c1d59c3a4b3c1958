import type { Report } from '@tideway/schemas/documents/entry'
import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newestOf } from '../facts.ts'
import { event, observation, result } from '../histories.fixture.ts'
import { evolveEntry } from './entry.ts'
import { settleObservation } from './observation-status.ts'
import { observationWords } from './report.ts'

/** What was reported, each a minute after the one before, and then in the other order: it must be the same. */
const given = (...reports: ResultReported[]): Report => {
  const events = reports.map((body, index) => event(body, index))
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events)?.data as Report
}
const shown = ({ observations }: Report) => observations.map(({ key, status, valueFrom, reported }) => [key, status, valueFrom === null ? null : reported[valueFrom]?.value])
const told = (status: string, value: string | null, more: Partial<Observation> = {}) => observation(status, value, more)

test('a correction shows its value and keeps the old one', () => {
  const report = given(result([told('F', '6.9')], { status: 'F' }), result([told('C', '4.1')], { status: 'C' }))
  expect(shown(report)).toEqual([['K', 'corrected', '4.1']])
  expect(report.observations[0]?.reported.map(({ value }) => value)).toEqual(['6.9', '4.1'])
  expect([report.status, report.statusAsSent]).toEqual(['corrected', 'C'])
})

test('what was analysed earlier never replaces what was analysed later, though sent after it', () => {
  const later = told('F', '5.0', { analysedAt: '2026-06-30T10:00+01:00' })
  const earlier = told('F', '4.0', { analysedAt: '2026-06-30T09:30+01:00' })
  expect(shown(given(result([later]), result([earlier])))).toEqual([['K', 'final', '5.0']])
})

test('issued counts where nothing was analysed, and a mere day does not rank a final behind its preliminary', () => {
  const issued = (observed: Observation, issuedAt: string) => result([observed], { issuedAt })
  expect(shown(given(issued(told('F', '5.0'), '2026-06-30T10:00+01:00'), issued(told('P', '4.0'), '2026-06-30T09:00+01:00')))).toEqual([['K', 'final', '5.0']])
  const preliminary = told('P', '4.0', { analysedAt: '2026-06-30T08:00+01:00' })
  expect(shown(given(result([preliminary]), result([told('F', '5.0', { analysedAt: '2026-06-30' })])))).toEqual([['K', 'final', '5.0']])
})

test('a final by U takes the preliminary value, whichever is seen first', () => {
  expect(shown(given(result([told('P', '4.0')]), result([told('U', null)])))).toEqual([['K', 'final', '4.0']])
})

test('a result of the wrong patient shows no value', () => {
  expect(shown(given(result([told('F', '6.9')]), result([told('W', '6.9')])))).toEqual([['K', 'wrong-patient', null]])
})

test('observations stand in the order they were first reported, a correction of one included', () => {
  const three = ['A', 'B', 'C'].map((key, index) => told('F', '1', { key, place: `OBX[${index + 9}]` }))
  const more = [told('C', '2', { key: 'C', place: 'OBX[1]' }), told('F', '1', { key: 'D', place: 'OBX[2]' })]
  expect(shown(given(result(three), result(more))).map(([key]) => key)).toEqual(['A', 'B', 'C', 'D'])
})

test('fields of the header that a newer message leaves empty stay as they were said', () => {
  const { header } = given(result([], { collectedAt: '2026-06-30T08:00+01:00', status: 'P' }), result([], { issuedAt: '2026-07-01T01:01+01:00', status: 'F' }))
  expect(Object.assign({}, ...header.toReversed().map(({ fields }) => fields))).toMatchObject({ collectedAt: '2026-06-30T08:00+01:00', status: 'F' })
})

test('of an observation reported for a year the newest hundred are kept', () => {
  const report = given(...Array.from({ length: 130 }, (_, index) => result([told('F', String(index))])))
  expect(report.observations[0]?.reported).toHaveLength(100)
  expect(shown(report)).toEqual([['K', 'final', '129']])
})

test('however many preliminary values follow, a final one stays, and one of the wrong patient does not come back', () => {
  const many = Array.from({ length: 150 }, (_, n) => result([told('P', String(n))]))
  expect(shown(given(result([told('F', '4.0')]), result([told('V', null)]), ...many))).toEqual([['K', 'verified', '4.0']])
  const late = result([told('F', '9.9', { analysedAt: '2026-06-01T10:00Z' })])
  const wrong = result([told('W', '9.9', { analysedAt: '2026-06-01T11:00Z' })])
  const report = given(wrong, ...many, late)
  expect(shown(report)).toEqual([['K', 'preliminary', '149']])
  expect(report.observations[0]?.reported.length).toBe(102)
})

test('any number of reports of a value, in any order and repetition, end in the status that all of them would', () => {
  const codes = fc.constantFrom('F', 'C', 'D', 'W', 'X', 'N', 'P', 'R', 'S', 'I', 'O', '?', null)
  const reports = fc.array(fc.record({ code: codes, value: fc.constantFrom('1', '2', null) }), { minLength: 1, maxLength: 30 }).map((all) => all.map((said, index) => ({ ...said, index })))
  const settledOf = (all: readonly { code: string | null; value: string | null; index: number }[]) => {
    const { status, valueFrom } = settleObservation(all.map(({ code, value }) => ({ code, hasValue: value !== null })))
    return [status, valueFrom === null ? null : all[valueFrom]?.index]
  }
  const words = ({ code, value }: { code: string | null; value: string | null }) => observationWords({ ...observation(code, value), message: '', version: '', source: '' })
  fc.assert(fc.property(reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length }))), fc.integer({ min: 1, max: 4 }), ([all, some], limit) => {
    const arriving = [...some, ...all]
    const left = arriving.reduce<typeof all>((before, told) => newestOf([...new Set(before.concat(told))].toSorted((a, b) => a.index - b.index), limit, words), [])
    expect(settledOf(left)).toEqual(settledOf(all))
  }), { numRuns: 2_000 })
})
