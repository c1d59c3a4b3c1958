import type { Document, DocumentVersion } from '@tideway/schemas/documents/entry'
import { versionShowing } from '@tideway/record/summary/document-version'
import { documentMore } from '../json/document.ts'
import type { Trace } from './trace.ts'

const names: Readonly<Record<string, keyof DocumentVersion>> = {
  title: 'title',
  documentKind: 'kind',
  at: 'at',
  attachment: 'attachment',
  text: 'text',
  reportId: 'reportId',
  authors: 'authors',
  confidentiality: 'confidentiality',
  encounterId: 'encounterId',
}
/** What can decide a document's status, the first that was sent. */
const deciding = ['availability', 'completion', 'status'] as const

/** Said by the newest version that says them, whichever is shown: see the fold of documents. */
const ofNewest: ReadonlySet<string> = new Set(['confidentiality', 'encounterId'])
const values = ['attachments', 'observations'] as const

/** The version shown says the content; confidentiality and visit may be said by a newer one. */
export const documentTraces = (document: Document): Trace[] => {
  const { documentId, shown: version, reported } = document

  const shown = reported.findLast((one) => one.version === version) ?? reported.at(-1)
  if (shown === undefined) return []
  const newest = reported.at(-1) as DocumentVersion
  const saying = (name: keyof DocumentVersion) =>
    shown[name] == null || ofNewest.has(name)
      ? (reported.findLast((one) => one[name] != null) ?? shown)
      : shown
  const trace = (from: DocumentVersion, path: string, ...as: readonly string[]): Trace => ({
    shown: as,
    message: from.message,
    place: from.place,
    record: 'DocumentReported',
    said: { ...from, documentId },
    path: [path],
  })
  const status = deciding.find((name) => newest[name] !== null)
  return [
    ...Object.entries(names).map(([as, name]) => trace(saying(name), name, as)),
    ...documentMore.names.map((name) =>
      trace(versionShowing(document, name as keyof DocumentVersion) ?? shown, name, 'more', name),
    ),
    ...values.map((name) => trace(shown, name, 'values', name)),
    trace(shown, 'documentId', 'documentId'),
    ...(status === undefined ? [] : [trace(newest, status, 'status')]),
  ]
}
