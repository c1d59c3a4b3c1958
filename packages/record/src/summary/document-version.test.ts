import type { DocumentVersion } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { versionShowing } from './document-version.ts'

const version = (name: string, more: Partial<DocumentVersion>): DocumentVersion => ({
  ...unsaid.DocumentReported(),
  message: name,
  place: 'TXA[1]',
  source: 'RJZ',
  version: name,
  ...more,
})
const shown = version('v1', {
  notes: ['first'],
  transcribedAt: '2026-07-01',
  originatedAt: '2026-07-01',
} as never)
const newest = version('v2', { notes: ['second'], transcribedAt: '2026-07-02' } as never)
const document = { shown: 'v1', reported: [shown, newest] }

test('content comes from the version shown, other fields from the newest version that states them', () => {
  expect(versionShowing(document, 'notes')).toBe(shown)
  expect(versionShowing(document, 'transcribedAt' as never)).toBe(newest)
  expect(versionShowing(document, 'originatedAt' as never)).toBe(shown)
})
