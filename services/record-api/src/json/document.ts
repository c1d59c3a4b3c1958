import { versionShowing } from '@tideway/record/summary/document-version'
import { isWithdrawn } from '@tideway/record/withdrawal/is-withdrawn'
import type {
  Document as StoredDocument,
  DocumentVersion,
  Entry,
} from '@tideway/schemas/documents/entry'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
import { eventFields } from './event-schema.ts'
import { type More, restOf } from './more.ts'
import { DocumentStatusWord } from './observation.ts'
import {
  Attachment,
  clinicalTime,
  Coded,
  list,
  object,
  orNull,
  Practitioner,
  text,
  textOrNull,
} from './values.ts'

type Values = {
  attachments: StoredDocument['attachments']
  observations: StoredDocument['observations']
}
const DocumentValues = Type.Unsafe<Values>(
  object(
    'DocumentValues',
    'All that was attached, where it is several, and values that came with it.',
    eventFields('DocumentReported', ['attachments', 'observations']),
  ),
)

const elsewhere = [
  'documentId',
  'title',
  'kind',
  'at',
  'reportId',
  'attachment',
  'attachments',
  'observations',
  'text',
  'confidentiality',
  'encounterId',
  'authors',
]
/** Fields of a document that are answered under `more`. */
export const documentMore = restOf('DocumentReported', elsewhere, {})
const DocumentMore = Type.Unsafe<More>(
  object(
    'DocumentMore',
    'What else was said of the document, codes as sent; nothing if withdrawn.',
    documentMore.fields,
  ),
)

export const Document = object(
  'Document',
  'A document by reference; its bytes lie in the object store. A withdrawn one (`cancelled`, `entered-in-error`, `wrong-patient`) shows that there was one, of what kind and when, and nothing of what it held.',
  {
    kind: Type.Literal('document'),
    ...entryFields,
    documentId: text('Business key within the organisation.'),
    title: textOrNull('As sent; null if withdrawn.'),
    documentKind: orNull(Coded),
    at: clinicalTime('When it was made.'),
    status: DocumentStatusWord,
    reportId: textOrNull('Business key of the report it belongs to.'),
    report: textOrNull('Public id of that report.'),
    attachment: orNull(Attachment, 'Null if withdrawn.'),
    values: DocumentValues,
    more: DocumentMore,
    text: textOrNull('Its text with its blank lines; null if it has none, or if withdrawn.'),
    addsTo: textOrNull('Public id of the document it is an addendum to.'),
    replaces: textOrNull('Public id of the document it took the place of.'),
    confidentiality: textOrNull(
      'As sent, HL7 table 0272 (TXA-18); where it states none, that of the document it takes the place of or adds to.',
    ),
    confidentialityFrom: textOrNull(
      'Public id of the document whose confidentiality that is; null if its own.',
    ),
    encounterId: textOrNull('Visit number, or what stands in for it, as in the encounter.'),
    authors: list(Practitioner, 'Empty if withdrawn.'),
  },
)
export type Document = Static<typeof Document>

const documentIdOf = ({ patient }: Entry, documentId: string | null): string | null =>
  documentId == null ? null : publicId(entryIdOf(patient, 'document', documentId))

const moreOf = (data: StoredDocument): More =>
  documentMore.of(
    Object.fromEntries(
      documentMore.names.map((name) => {
        const key = name as keyof DocumentVersion
        return [name, versionShowing(data, key)?.[key]]
      }),
    ),
  )

/** One document for a reader. */
export const documentOf = (entry: Entry, data: StoredDocument, context: EntryContext): Document => {
  const withdrawn = isWithdrawn(data)
  return {
    kind: 'document',
    ...entryFieldsOf(entry, context),
    documentId: data.documentId,
    title: withdrawn ? null : data.title,
    documentKind: data.documentKind,
    at: data.at,
    status: data.status,
    reportId: data.reportId,
    report:
      data.reportId === null ? null : publicId(entryIdOf(entry.patient, 'report', data.reportId)),
    attachment: withdrawn ? null : data.attachment,
    values: {
      attachments: withdrawn ? [] : (data.attachments ?? []),
      observations: withdrawn ? [] : (data.observations ?? []),
    },
    more: withdrawn ? documentMore.of({}) : moreOf(data),
    text: withdrawn ? null : (data.text ?? null),
    addsTo: documentIdOf(entry, data.addsTo),
    replaces: documentIdOf(entry, data.replaces),
    confidentiality: data.confidentiality ?? null,
    confidentialityFrom: documentIdOf(entry, data.confidentialityFrom ?? null),
    encounterId: data.encounterId ?? null,
    authors: withdrawn ? [] : (data.authors ?? []),
  }
}
