import type { Entry } from '@tideway/schemas/documents/entry'
import { compactEntry, expandEntry } from '@tideway/schemas/documents/storage-format'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { asTheyStand } from '../chart/as-they-stand.ts'
import { AnyEntry, entryOf } from './any-entry.ts'
import type { ReportAnswer } from './report.ts'
import { hl7 } from './said-later.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { pid, storedAfter, summaryIn } from './short-form.fixture.ts'

const answer = answerOf<AnyEntry>(AnyEntry)
const perMessage = 200

/** A message with results of its own codes. */
const oru = (nth: number, status = 'F', count = perMessage): string =>
  hl7(
    'ORU^R01',
    `202609${String(nth + 1).padStart(2, '0')}090000`,
    `M${nth}`,
    pid,
    `OBR|1|P1|F1|ICU^Monitoring|||20260901080000${'|'.repeat(18)}${status}`,
    ...Array.from(
      { length: count },
      (_, of) => `OBX|${of + 1}|NM|C${nth}.${of}^Value||${of}.5|mmol/L|0-150||||F`,
    ),
  )

/** What a reader gets of each report, whole or a part, from the stored documents. */
const readAfter = async (...messages: string[]) => {
  const documents = storedAfter(...messages)
  const kept = [...documents.entries.values()].filter(({ kind }) => kind === 'report')
  const stored = kept.map((entry) => compactEntry(entry))
  const byId = async (ids: readonly string[]) =>
    new Map(stored.filter(({ _id }) => ids.includes(_id)).map((one) => [one._id, expandEntry(one)]))
  const read = async (entry: Entry) => {
    const [stands] = await asTheyStand([entry], { byId, reportsUnder: async () => [] })
    return answer(entryOf(stands as Entry, { archive: new Map() })) as ReportAnswer
  }
  const whole = stored.find(({ chunkOf }) => chunkOf === undefined) as Entry
  const report = await read(expandEntry(whole))
  const parts = await Promise.all(
    (report.parts ?? []).map(({ id }) =>
      read(expandEntry(stored.find((one) => publicId(one._id) === id) as Entry)),
    ),
  )
  return { stored, report, parts, summary: summaryIn(documents) }
}

test('a report of thousands of results is read part by part, each with its header', async () => {
  const { report, parts, stored, summary } = await readAfter(oru(0), oru(1), oru(2), oru(3), oru(4))
  expect(report).toMatchObject({ status: 'final', service: { code: 'ICU' }, observations: [] })
  expect(report.parts?.reduce((sum, { observations }) => sum + observations, 0)).toBe(1_000)
  expect(parts.flatMap(({ observations }) => observations)).toHaveLength(1_000)
  for (const part of parts)
    expect(part).toMatchObject({ status: 'final', partOf: report.id, service: { code: 'ICU' } })
  expect(parts.flatMap(({ observations }) => observations.map(({ value }) => value))).toContain(
    '42.5',
  )
  expect(summary.reports.lines).toHaveLength(1)
  expect(stored.filter(({ kind }) => kind === 'report')).toHaveLength(1)
  expect(summary.reports.lines[0]).toMatchObject({ moreAbnormal: 5 * 50 })
})

test('cancelled as a whole, no part of it stands', async () => {
  const { report, parts } = await readAfter(oru(0), oru(1), oru(2), oru(3), oru(9, 'X', 0))
  expect(report.status).toBe('cancelled')
  expect(
    new Set(parts.flatMap(({ observations }) => observations.map(({ status }) => status))),
  ).toEqual(new Set(['cancelled']))
})
