import { evolveEntry } from '@tideway/record/entries/entry'
import { documentSent, event, observation, result } from '@tideway/record/entries/histories.fixture'
import type { Document, Entry, Report } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { asTheyStand } from './as-they-stand.ts'

const entryOf = (...events: ReturnType<typeof event>[]): Entry =>
  events.reduce<Entry | null>(evolveEntry, null) as Entry

const attachment = {
  hash: 'h',
  object: null,
  pointer: null,
  contentType: null,
  size: 1,
  title: 'Report',
}
const pdf = (code: string) => observation(code, null, { key: 'PDF||1', attachment })
const document = entryOf(
  event(documentSent({ documentId: 'R1|PDF||1', reportId: 'R1', status: 'F', attachment }), 1),
)

/** The document as it is read, with its report as stored. */
const documentWith = async (report: Entry | null): Promise<Document> => {
  const asked: string[] = []
  const [entry] = await asTheyStand([document], {
    byId: async (ids) => {
      asked.push(...ids)
      return new Map(report === null ? [] : [[report._id, report]])
    },
    reportsUnder: async () => [],
  })
  expect(asked).toEqual(['RJZ|T100|report|R1'])
  return entry?.data as Document
}

test('a document stands as its report does', async () => {
  const first = event(result([pdf('F')], { status: 'F' }), 1)
  expect(await documentWith(null)).toBe(document.data)
  expect(await documentWith(entryOf(first))).toMatchObject({ status: 'final', attachment })
  for (const [code, status] of [
    ['X', 'cancelled'],
    ['entered-in-error', 'entered-in-error'],
  ] as const)
    expect(
      await documentWith(entryOf(first, event(result([], { status: code }), 2))),
    ).toMatchObject({ status, attachment: null, attachments: [], text: null })
})

test('a document whose observation was withdrawn alone is withdrawn', async () => {
  const withdrawn = event(result([pdf('W')], { status: 'C' }), 2)
  expect(
    await documentWith(entryOf(event(result([pdf('F')], { status: 'F' }), 1), withdrawn)),
  ).toMatchObject({ status: 'wrong-patient', attachment: null })
})

test('a document of a preliminary report that the final one omits is not confirmed', async () => {
  const events = [
    event(result([pdf('P')], { status: 'P' }), 1),
    event(result([observation('F', '1')], { status: 'F' }), 2),
  ]
  expect(await documentWith(entryOf(...events))).toMatchObject({
    notCurrent: 'not-confirmed',
    attachment,
  })
})

test('a report that an earlier release stored is read as its status says', async () => {
  const entry = entryOf(
    event(result([observation('F', '5.1')], { status: 'F' }), 1),
    event(result([], { status: 'X' }), 2),
  )
  const { versions: _, ...data } = entry.data as Report
  const stored = { ...entry, data: { ...data, observations: data.observations.map(asFinal) } }
  const [read] = await asTheyStand([stored], {
    byId: async () => new Map(),
    reportsUnder: async () => [],
  })
  expect(read?.data).toMatchObject({ observations: [{ status: 'cancelled', valueFrom: null }] })
})

const asFinal = (one: Report['observations'][number]): Report['observations'][number] => ({
  ...one,
  status: 'final',
  valueFrom: 0,
})
