import type { Document as StoredDocument, Entry } from '@tideway/schemas/documents/entry'
import { entryIdOf, publicId } from '@tideway/schemas/identity'
import { type Static, Type } from 'typebox'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
import { isWithdrawn, ObservationStatusWord } from './observation.ts'
import { Attachment, clinicalTime, Coded, object, orNull, text, textOrNull } from './values.ts'

export const Document = object(
  'Document',
  'A document by reference; its bytes lie in the object store. A withdrawn one shows that it was, and nothing of what it held.',
  {
    kind: Type.Literal('document'),
    ...entryFields,
    documentId: text('Business key within the organisation.'),
    title: textOrNull('As sent.'),
    documentKind: orNull(Coded),
    at: clinicalTime('When it was made.'),
    status: ObservationStatusWord,
    reportId: textOrNull('Business key of the report it belongs to.'),
    report: textOrNull('Public id of that report.'),
    attachment: orNull(Attachment, 'Null if withdrawn or cancelled.'),
  },
)
export type Document = Static<typeof Document>

/** One document for a reader. */
export const documentOf = (entry: Entry, data: StoredDocument, context: EntryContext): Document => {
  const withdrawn = isWithdrawn(data.status)
  return {
    kind: 'document',
    ...entryFieldsOf(entry, context),
    documentId: data.documentId,
    title: withdrawn ? null : data.title,
    documentKind: withdrawn ? null : data.documentKind,
    at: data.at,
    status: data.status,
    reportId: data.reportId,
    report: data.reportId === null ? null : publicId(entryIdOf(entry.patient, 'report', data.reportId)),
    attachment: withdrawn ? null : data.attachment,
  }
}
