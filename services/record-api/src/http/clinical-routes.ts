import type { TypedServer } from '@tideway/http/register-openapi'
import type { FastifyReply } from 'fastify'
import type { Subject } from '../chart/access.ts'
import { readCursor } from '../chart/cursor.ts'
import type { Chart, Charts } from '../chart/open-chart.ts'
import type { PurposeOfUse } from '../chart/purpose.ts'
import { maxPage } from '../chart/take-page.ts'
import { type Names, Patients } from '../json/patient.ts'
import { AnyEntry, EntryPage } from '../json/any-entry.ts'
import { PatientRecord } from '../json/record.ts'
import { EntrySource } from '../json/source.ts'
import { fieldPath } from '../provenance/fields.ts'
import { pagePolicy, sourcePage } from '../provenance/source-page.ts'
import { readEntries, readEntry } from '../read/entries.ts'
import { readPatients } from '../read/patients.ts'
import { readRecord } from '../read/record.ts'
import { readPatientSource, readSource } from '../read/source.ts'
import { describe } from './describe.ts'
import { patients } from './examples/patient.ts'
import { entryPage, record } from './examples/record.ts'
import { report } from './examples/report.ts'
import {
  EntryId,
  PageQuery,
  PatientId,
  PurposeQuery,
  patientSearchOf,
  Search,
  SourceQuery,
} from './request-schemas.ts'
import { patientSourceExample, sourceExample } from './examples/source.ts'

export type ClinicalServices = { charts: Charts; names: Names; now: () => Date }

const permission = 'read-record'

type ChartRequest = {
  subject: Subject | null
  params: { id: string }
  query: { purpose?: PurposeOfUse }
}

/** Browsers ask for HTML first; a client that asks for JSON, or for anything, gets JSON. */
const wantsPage = (accept: string | undefined): boolean =>
  /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(accept ?? '')

const sendPage = (reply: FastifyReply, source: EntrySource) =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .send(sourcePage(source))

/**
 * Everything read about patients. No address holds an NHS number, a name or a birth date: searches
 * are POST.
 */
export const clinicalRoutes = (
  server: TypedServer,
  { charts, names, now }: ClinicalServices,
): void => {
  const chartFor = ({ subject, params, query }: ChartRequest): Promise<Chart> =>
    charts.openChart(subject as Subject, params.id, query.purpose ?? 'TREAT')

  server.post(
    '/api/patients/search',
    {
      schema: {
        querystring: PurposeQuery,
        body: Search,
        ...describe({
          operationId: 'searchPatients',
          summary:
            'Find a patient by NHS number and date of birth, or by an organisation and its own number',
          permission,
          answer: { schema: Patients, example: patients },
          errors: ['INVALID_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
        }),
      },
    },
    async ({ subject, body, query }) =>
      readPatients(
        await charts.findPatients(
          subject as Subject,
          patientSearchOf(body),
          query.purpose ?? 'TREAT',
        ),
        names,
        charts.sealId,
        now(),
      ),
  )

  server.get(
    '/api/patients/:id/record',
    {
      schema: {
        params: PatientId,
        querystring: PurposeQuery,
        ...describe({
          operationId: 'readRecord',
          summary: 'The combined record of a patient',
          permission,
          answer: { schema: PatientRecord, example: record },
          errors: ['INVALID_REQUEST', 'NO_SUCH_PATIENT'],
        }),
      },
    },
    async (request) => readRecord(await chartFor(request), names, now()),
  )

  server.get(
    '/api/patients/:id/entries',
    {
      schema: {
        params: PatientId,
        querystring: PageQuery,
        ...describe({
          operationId: 'readEntries',
          summary: 'The rest of one section, page by page, newest first',
          permission,
          answer: { schema: EntryPage, example: entryPage },
          errors: ['INVALID_REQUEST', 'NO_SUCH_PATIENT'],
        }),
      },
    },
    async (request) => {
      const { kind, before, limit = maxPage } = request.query
      return readEntries(await chartFor(request), kind, readCursor(before), limit, now())
    },
  )

  server.get(
    '/api/patients/:id/entries/:entry',
    {
      schema: {
        params: EntryId,
        querystring: PurposeQuery,
        ...describe({
          operationId: 'readEntry',
          summary: 'One entry',
          permission,
          answer: { schema: AnyEntry, example: report },
          errors: ['INVALID_REQUEST', 'NO_SUCH_PATIENT', 'NO_SUCH_ENTRY'],
        }),
      },
    },
    async (request) => readEntry(await chartFor(request), request.params.entry, now()),
  )

  server.get(
    '/api/patients/:id/entries/:entry/source',
    {
      schema: {
        params: EntryId,
        querystring: SourceQuery,
        ...describe({
          operationId: 'readEntrySource',
          summary:
            'The original text of an entry, each value with its place; as a page for Accept: text/html',
          permission,
          answer: { schema: EntrySource, example: sourceExample },
          page: true,
          errors: [
            'INVALID_REQUEST',
            'NO_SUCH_PATIENT',
            'NO_SUCH_ENTRY',
            'NO_SUCH_FIELD',
            'WITHDRAWN',
            'ARCHIVE_PENDING',
            'ARCHIVE_UNAVAILABLE',
          ],
        }),
      },
    },
    async (request, reply) => {
      const { field } = request.query
      const source = await readSource(
        await chartFor(request),
        request.params.entry,
        field === undefined ? null : fieldPath(field.trim()),
      )
      return wantsPage(request.headers.accept) ? sendPage(reply, source) : source
    },
  )

  server.get(
    '/api/patients/:id/source',
    {
      schema: {
        params: PatientId,
        querystring: PurposeQuery,
        ...describe({
          operationId: 'readPatientSource',
          summary:
            'The original text of what was sent about a source patient and is in no entry; as a page for Accept: text/html',
          permission,
          answer: { schema: EntrySource, example: patientSourceExample },
          page: true,
          errors: [
            'INVALID_REQUEST',
            'NO_SUCH_PATIENT',
            'NO_SUCH_FIELD',
            'ARCHIVE_PENDING',
            'ARCHIVE_UNAVAILABLE',
          ],
        }),
      },
    },
    async (request, reply) => {
      const source = await readPatientSource(await chartFor(request))
      return wantsPage(request.headers.accept) ? sendPage(reply, source) : source
    },
  )
}
