import type { Document } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { event } from '../histories.fixture.ts'
import { evolveEntry } from './entry.ts'

/** Versions of one document, a minute after each other, and then in the other order: it must be the same. */
const given = (...versions: [string, string][]): Document => {
  const events = versions.map(([status, title], index) =>
    event({ type: 'DocumentReported', documentId: 'D1', title, kind: null, at: null, status, reportId: null, attachment: { hash: title, object: title, pointer: null, contentType: null, size: 1, title } }, index),
  )
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events)?.data as Document
}

test('the newest version is shown, and the others are kept', () => {
  const document = given(['P', 'draft'], ['F', 'letter'])
  expect(document).toMatchObject({ status: 'final', title: 'letter', attachment: { object: 'letter' } })
  expect(document.reported).toHaveLength(2)
})

test.each(['D', 'W', 'X'])('a document withdrawn by %s leaves nothing to open', (status) => {
  expect(given(['F', 'letter'], [status, 'letter']).attachment).toBeNull()
})
