import type { Document, DocumentVersion } from '@tideway/schemas/documents/entry'
import type { Trace } from './trace.ts'

const names: Readonly<Record<string, keyof DocumentVersion>> = {
  title: 'title', documentKind: 'kind', at: 'at', attachment: 'attachment', text: 'text', reportId: 'reportId', authors: 'authors', confidentiality: 'confidentiality', encounterId: 'encounterId',
}
/** What can decide a document's status, the first that was sent. */
const deciding = ['availability', 'completion', 'status'] as const

/** The version shown says the content; confidentiality and visit may be said by a newer one. */
export const documentTraces = ({ documentId, shown: version, reported }: Document): Trace[] => {
  const shown = reported.findLast((one) => one.version === version) ?? reported.at(-1)
  if (shown === undefined) return []
  const newest = reported.at(-1) as DocumentVersion
  const saying = (name: keyof DocumentVersion) => (shown[name] == null || name === 'confidentiality' ? (reported.findLast((one) => one[name] != null) ?? shown) : shown)
  const trace = (from: DocumentVersion, path: string, as: string): Trace => ({ shown: [as], message: from.message, place: from.place, record: 'DocumentReported', said: { ...from, documentId }, path: [path] })
  const status = deciding.find((name) => newest[name] !== null)
  return [
    ...Object.entries(names).map(([as, name]) => trace(saying(name), name, as)),
    trace(shown, 'documentId', 'documentId'),
    ...(status === undefined ? [] : [trace(newest, status, 'status')]),
  ]
}
