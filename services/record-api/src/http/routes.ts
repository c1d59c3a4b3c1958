import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { entryKinds } from '@tideway/schemas/documents/entry'
import type { Subject } from './access.ts'
import type { ErrorCode } from './errors.ts'
import * as examples from './examples.ts'
import { Message, Messages } from '../json/message.ts'
import { Patients } from '../json/patient.ts'
import { AnyEntry, EntryPage, PatientRecord } from '../json/record.ts'
import { EntrySource } from '../json/source.ts'
import type { Permission } from './permissions.ts'
import { messageFilterParameters } from '../ledger/message-filters.ts'
import { findMessages, readMessage } from '../ledger/read-messages.ts'
import { pagePolicy, sourcePage } from '../provenance/source-page.ts'
import { findPatients } from '../chart/read-patients.ts'
import { type Reader, readEntries, readEntry, readRecord } from '../chart/read-record.ts'
import { readSource } from '../chart/read-source.ts'
import { readMessagesRequest } from '../requests/messages-request.ts'
import { readPageRequest } from '../requests/page-request.ts'
import { readSearch } from '../requests/search-request.ts'
import { Search } from '../requests/search-schema.ts'
import { readSourceRequest } from '../requests/source-request.ts'
import { sourceExample } from './source-example.ts'

export type Request = {
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
  subject: Subject
}

type Parameter = {
  name: string
  in: 'path' | 'query'
  required: boolean
  description: string
  schema: TSchema
}

export type Route = {
  method: 'GET' | 'POST'
  /** As OpenAPI writes it, `{id}` for a parameter. */
  path: string
  permission: Permission
  operationId: string
  summary: string
  parameters: readonly Parameter[]
  body: { schema: TSchema; examples: Record<string, unknown> } | null
  answer: { schema: TSchema; example: unknown }
  /**
   * The answer as a page for a person, where a browser asks for one, and what the browser may do
   * with it.
   */
  page?: { html: (answer: never) => string; policy: string }
  /** Errors of its own, beside those every route has. */
  errors: readonly ErrorCode[]
  handle: (reader: Reader, request: Request) => Promise<unknown>
}

const patientId: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Public id of a source patient, from a search.',
  schema: Type.String(),
}
const entryId: Parameter = {
  name: 'entry',
  in: 'path',
  required: true,
  description: 'Public id of the entry.',
  schema: Type.String(),
}
const param = (request: Request, name: string): string => request.params[name] ?? ''

/**
 * Everything this service answers to a token. No address ever holds an NHS number, a name or a
 * birth date: searches are POST. Clinicians and applications (system) read records; operators and,
 * for its own organisation, a system ask the ledger; identity stewards and privacy officers have no
 * business in either. See `permissions`.
 */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/patients/search',
    permission: 'read-record',
    operationId: 'searchPatients',
    summary:
      'Find a patient by NHS number and date of birth, or by an organisation and its own number',
    parameters: [],
    body: { schema: Search, examples: examples.searches },
    answer: { schema: Patients, example: examples.patients },
    errors: ['INVALID_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
    handle: async (reader, { body }) => findPatients(reader, readSearch(body)),
  },
  {
    method: 'GET',
    path: '/api/patients/{id}/record',
    permission: 'read-record',
    operationId: 'readRecord',
    summary: 'The combined record of a patient',
    parameters: [patientId],
    body: null,
    answer: { schema: PatientRecord, example: examples.record },
    errors: ['NO_SUCH_PATIENT'],
    handle: (reader, request) => readRecord(reader, param(request, 'id')),
  },
  {
    method: 'GET',
    path: '/api/patients/{id}/entries',
    permission: 'read-record',
    operationId: 'readEntries',
    summary: 'The rest of one section, page by page, newest first',
    parameters: [
      patientId,
      {
        name: 'kind',
        in: 'query',
        required: true,
        description: 'Which section.',
        schema: Type.Enum([...entryKinds]),
      },
      {
        name: 'before',
        in: 'query',
        required: false,
        description: 'Cursor, from `more` of the record or `before` of a page.',
        schema: Type.String(),
      },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description:
          'Most entries a page holds; a page also ends after 5,000 observations, each earlier value counted.',
        schema: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
      },
    ],
    body: null,
    answer: { schema: EntryPage, example: examples.entryPage },
    errors: ['INVALID_REQUEST', 'NO_SUCH_PATIENT'],
    handle: async (reader, request) =>
      readEntries(reader, param(request, 'id'), readPageRequest(request.query)),
  },
  {
    method: 'GET',
    path: '/api/patients/{id}/entries/{entry}',
    permission: 'read-record',
    operationId: 'readEntry',
    summary: 'One entry',
    parameters: [patientId, entryId],
    body: null,
    answer: { schema: AnyEntry, example: examples.report },
    errors: ['NO_SUCH_PATIENT', 'NO_SUCH_ENTRY'],
    handle: (reader, request) => readEntry(reader, param(request, 'id'), param(request, 'entry')),
  },
  {
    method: 'GET',
    path: '/api/patients/{id}/entries/{entry}/source',
    permission: 'read-record',
    operationId: 'readEntrySource',
    summary:
      'The original text an entry was made from, each value with its place; as a page too (Accept: text/html)',
    parameters: [
      patientId,
      entryId,
      {
        name: 'field',
        in: 'query',
        required: false,
        description:
          'Field of the entry as it is answered, e.g. observations[3].value; without it, everything that is shown now.',
        schema: Type.String(),
      },
    ],
    body: null,
    answer: { schema: EntrySource, example: sourceExample },
    page: { html: sourcePage, policy: pagePolicy },
    errors: [
      'INVALID_REQUEST',
      'NO_SUCH_PATIENT',
      'NO_SUCH_ENTRY',
      'NO_SUCH_FIELD',
      'WITHDRAWN',
      'ARCHIVE_PENDING',
      'ARCHIVE_UNAVAILABLE',
    ],
    handle: async (reader, request) =>
      readSource(
        reader,
        param(request, 'id'),
        param(request, 'entry'),
        readSourceRequest(request.query),
      ),
  },
  {
    method: 'GET',
    path: '/api/messages',
    permission: 'read-ledger',
    operationId: 'findMessages',
    summary:
      'Received messages and what became of them, by control id, source, time, type and state, newest first',
    parameters: [
      {
        name: 'controlId',
        in: 'query',
        required: false,
        description: 'MSH-10, exactly.',
        schema: Type.String(),
      },
      {
        name: 'source',
        in: 'query',
        required: false,
        description:
          'ODS code of the sender. An operator may leave it out for any; for a system it is its own organisation.',
        schema: Type.String(),
      },
      ...messageFilterParameters,
      {
        name: 'before',
        in: 'query',
        required: false,
        description:
          'Cursor, from `before` of a page. A page has at most 100 messages; with filters it may have fewer, and `more` says whether to continue.',
        schema: Type.String(),
      },
    ],
    body: null,
    answer: { schema: Messages, example: examples.messages },
    errors: ['INVALID_REQUEST', 'NOT_YOUR_SOURCE'],
    handle: async ({ store }, { query, subject }) =>
      findMessages(store, readMessagesRequest(query, subject)),
  },
  {
    method: 'GET',
    path: '/api/messages/{id}',
    permission: 'read-ledger',
    operationId: 'readMessage',
    summary: 'What became of one message',
    parameters: [
      { name: 'id', in: 'path', required: true, description: 'Message id.', schema: Type.String() },
    ],
    body: null,
    answer: { schema: Message, example: examples.message },
    errors: ['NO_SUCH_MESSAGE'],
    handle: ({ store }, request) => readMessage(store, param(request, 'id'), request.subject),
  },
]
