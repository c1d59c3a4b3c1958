import { versionShowing } from '@tideway/record/summary/document-version'
import { isWithdrawn } from '@tideway/record/withdrawal/is-withdrawn'
import type {
  Document as StoredDocument,
  DocumentVersion,
  Entry,
} from '@tideway/schemas/documents/entry'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { type EntryContext, entryFields, entryFieldsOf, linkTo } from './entry.ts'
import { eventFields } from './schema/event-schema.ts'
import { type More, restOf } from './schema/more.ts'
import { DocumentStatusWord, NotCurrentWord } from './schema/status-words.ts'
import {
  Attachment,
  clinicalTime,
  Coded,
  list,
  object,
  optional,
  Practitioner,
  text,
  optionalText,
  optionalPublicId,
} from './schema/values.ts'

type Values = {
  attachments: StoredDocument['attachments']
  observations: StoredDocument['observations']
}
const DocumentValues = Type.Unsafe<Values>(
  object(
    'DocumentValues',
    'Every attachment, if there are several, and observations sent with it.',
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
/** Fields of a document under `more`. */
export const documentMore = restOf('DocumentReported', elsewhere, {})
const DocumentMore = Type.Unsafe<More>(
  object(
    'DocumentMore',
    'Other fields of the document, codes as sent; empty if withdrawn.',
    documentMore.fields,
  ),
)

export const DocumentAnswer = object(
  'Document',
  'A document by reference; its content is in the object store. A withdrawn one (`cancelled`, `entered-in-error`, `wrong-patient`) keeps its kind and time and shows no content.',
  {
    kind: Type.Literal('document'),
    ...entryFields,
    documentId: text('Business key within the organisation.'),
    title: optionalText('As sent; absent if withdrawn.'),
    documentKind: optional(Coded),
    at: clinicalTime('When it was made.'),
    status: DocumentStatusWord,
    notCurrent: optional(
      NotCurrentWord,
      'As for an observation, of a document that is embedded in a report.',
    ),
    reportId: optionalText('Business key of the report it belongs to.'),
    report: optionalPublicId('Public id of that report.'),
    attachment: optional(Attachment, 'Absent if withdrawn.'),
    values: optional(DocumentValues),
    more: optional(DocumentMore),
    text: optionalText('Its text, blank lines kept; absent if withdrawn.'),
    textInMessage: optional(
      Type.Literal(true),
      'It has a text that is not here, because newer versions are long: see its source.',
    ),
    addsTo: optionalPublicId('Public id of the document it is an addendum to.'),
    replaces: optionalPublicId('Public id of the document it replaces.'),
    confidentiality: optionalText(
      'As sent, HL7 table 0272 (TXA-18); if it has none, that of the document it replaces or adds to.',
    ),
    confidentialityFrom: optionalPublicId(
      'Public id of the document whose confidentiality it is; absent if its own.',
    ),
    encounterId: optionalText('`encounterId` of the encounter.'),
    authors: list(Practitioner, 'Empty if withdrawn.'),
  },
)
export type DocumentAnswer = Static<typeof DocumentAnswer>

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

const textInMessageOf = ({ textLeftOut }: StoredDocument) => textLeftOut ?? null

const notCurrentOf = ({ notCurrent }: StoredDocument) => notCurrent ?? null

/** One document as an answer. */
export const documentOf = (
  entry: Entry,
  data: StoredDocument,
  context: EntryContext,
): Presented<DocumentAnswer> => {
  const withdrawn = isWithdrawn(data)
  return {
    kind: 'document',
    ...entryFieldsOf(entry, context),
    documentId: data.documentId,
    title: withdrawn ? null : data.title,
    documentKind: data.documentKind,
    at: data.at,
    status: data.status,
    notCurrent: notCurrentOf(data),
    reportId: data.reportId,
    report:
      data.reportId === null ? null : linkTo(entry, 'report', data.reportId, data.at, context),
    attachment: withdrawn ? null : data.attachment,
    values: {
      attachments: withdrawn ? [] : (data.attachments ?? []),
      observations: withdrawn ? [] : (data.observations ?? []),
    },
    more: withdrawn ? documentMore.of({}) : moreOf(data),
    text: withdrawn ? null : (data.text ?? null),
    textInMessage: textInMessageOf(data),
    addsTo: documentIdOf(entry, data.addsTo),
    replaces: documentIdOf(entry, data.replaces),
    confidentiality: data.confidentiality ?? null,
    confidentialityFrom: documentIdOf(entry, data.confidentialityFrom ?? null),
    encounterId: data.encounterId ?? null,
    authors: withdrawn ? [] : (data.authors ?? []),
  }
}
