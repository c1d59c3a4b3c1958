import type { PatientHead, StatementLine } from '@tideway/schemas/documents/head'
import { statementsKept } from '@tideway/schemas/documents/head'
import { expandHead } from '@tideway/schemas/documents/storage-format'
import { expect, test } from 'vitest'
import { newHead } from '../demographics/head.ts'
import { personSummary as summaryAt } from './person-summary.ts'

const personSummary = (heads: readonly PatientHead[]) => summaryAt(heads, new Date(0))
const line = (entry: string, day: number): StatementLine => ({
  entry,
  sortAt: new Date(Date.UTC(2026, 6, day)),
  text: entry,
  at: null,
  status: 'active',
})
const head = (key: string, allergies: StatementLine[]): PatientHead => ({
  ...newHead(key),
  allergies,
})

test('lines of all source patients, newest first; the same allergy from two stays two lines', () => {
  const { allergies, problems } = personSummary([
    head('RJZ|1', [line('a', 3), line('b', 1)]),
    head('RJ1|9', [line('c', 2)]),
  ])
  expect(allergies.lines.map(({ head: { _id }, line: { entry } }) => [_id, entry])).toEqual([
    ['RJZ|1', 'a'],
    ['RJ1|9', 'c'],
    ['RJZ|1', 'b'],
  ])
  expect([allergies.kind, allergies.cut, problems.lines]).toEqual(['allergy', false, []])
})

test('a section is cut once a source patient has as many lines as are kept', () => {
  const full = Array.from({ length: statementsKept }, (_, index) => line(`a${index}`, 1))
  expect(personSummary([head('RJZ|1', full.slice(1))]).allergies.cut).toBe(false)
  expect(personSummary([head('RJZ|1', full), head('RJ1|9', [])]).allergies.cut).toBe(true)
})

test('a head that an earlier release stored, without the newer lists, is read as it is', () => {
  const {
    noKnownAllergies: _,
    visitDiagnoses: _v,
    dispensed: _d,
    ...before
  } = head('RJZ|1', [line('A', 1)])
  const read = expandHead(before as PatientHead)
  expect(personSummary([read]).allergies.lines.map(({ line: one }) => one.entry)).toEqual(['A'])
  expect(personSummary([read]).medicines.lines).toEqual([])
})
