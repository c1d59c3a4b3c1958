import type { Document, DocumentVersion } from '@tideway/schemas/documents/entry'
import { versionShowing } from '../summary/document-version.ts'
import type { ValueSource } from './value-source.ts'

type Field = keyof DocumentVersion

const originFields: ReadonlySet<string> = new Set(['message', 'place', 'source', 'version'])

/** From the version shown, or the newest that states them if that one does not. */
const describing: ReadonlySet<string> = new Set<Field>([
  'title',
  'kind',
  'at',
  'attachment',
  'text',
  'reportId',
  'authors',
])
/** From the newest version that states them, whichever is shown; see the fold of documents. */
const ofNewest: ReadonlySet<string> = new Set<Field>(['confidentiality', 'encounterId'])
/** From the version shown only. */
const ofShown: ReadonlySet<string> = new Set<Field>(['attachments', 'observations'])

/** What can decide a document's status, the first that was sent. */
const statusFields = ['availability', 'completion', 'status'] as const satisfies readonly Field[]

/**
 * The content comes from the version shown; confidentiality and visit may come from a newer one.
 */
export const documentSources = (document: Document): ValueSource[] => {
  const { documentId, shown: version, reported } = document
  const shown = reported.findLast((one) => one.version === version) ?? reported.at(-1)
  if (shown === undefined) return []
  const newest = reported.at(-1) as DocumentVersion
  const stating = (name: Field) => reported.findLast((one) => one[name] != null) ?? shown
  const versionOf = (name: Field): DocumentVersion => {
    if (ofShown.has(name)) return shown
    if (ofNewest.has(name)) return stating(name)
    if (describing.has(name)) return shown[name] == null ? stating(name) : shown
    return versionShowing(document, name) ?? shown
  }
  const source = (from: DocumentVersion, path: string, value = path): ValueSource => ({
    value: [value],
    message: from.message,
    place: from.place,
    record: 'DocumentReported',
    said: { ...from, documentId },
    path: [path],
  })
  const names = new Set([...Object.keys(shown), ...Object.keys(newest)])
  const status = statusFields.find((name) => newest[name] !== null)
  return [
    ...[...names]
      .filter((name) => !originFields.has(name))
      .map((name) =>
        source(versionOf(name as Field), name, name === 'status' ? 'contentStatus' : name),
      ),
    source(shown, 'documentId'),
    ...(status === undefined ? [] : [source(newest, status, 'status')]),
  ]
}
