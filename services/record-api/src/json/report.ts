import type { Entry, Report as StoredReport } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { chunkId } from '@tideway/record/entries/chunks/chunk-tree'
import { publicId } from '@tideway/schemas/public-id'
import { doubtWord } from '@tideway/record/summary/report-line'
import { reportTime } from '@tideway/record/entries/report'
import { type Static, Type } from 'typebox'
import {
  reportRetraction,
  retractionByReport,
} from '@tideway/record/withdrawal/shown-after-withdrawal'
import { showsReportField } from '@tideway/record/withdrawal/shown-header'
import { newestOf } from '@tideway/record/entries/newest'
import { observedTimes } from '@tideway/record/entries/told-observations'
import type { Presented } from './schema/answer.ts'
import { type EntryContext, entryFields, entryFieldsOf, linkTo, receivedAtOf } from './entry.ts'
import { type More, restOf } from './schema/more.ts'
import { DoubtWord, ReportStatusWord } from './schema/status-words.ts'
import { ObservationAnswer, observationOf } from './observation.ts'
import {
  clinicalTime,
  Coded,
  instant,
  list,
  object,
  optional,
  Practitioner,
  text,
  optionalText,
  statusSystem,
  optionalPublicId,
  publicIdText,
} from './schema/values.ts'

const elsewhere = [
  'reportId',
  'placerNumber',
  'fillerNumber',
  'service',
  'section',
  'status',
  'statusAsSent',
  'statusSystem',
  'requestedAt',
  'collectedAt',
  'receivedAt',
  'issuedAt',
  'specimen',
  'requesters',
  'interpreters',
  'copyTo',
  'encounterId',
  'notes',
  'category',
  'conclusion',
  'observations',
]
/** Fields of a report that are not in an answer, with the reason. */
export const reportNotShown = {
  snapshot: 'Decides which results are current, which is shown.',
}
/** Fields of a report under `more`. */
export const reportMore = restOf('ResultReported', elsewhere, reportNotShown)
const ReportMore = Type.Unsafe<More>(
  object('ReportMore', 'Other fields of the report, the newest value of each.', reportMore.fields),
)

const { type: _, ...unsaidReport } = unsaid.ResultReported()

const Part = object('ReportPart', 'A part of the observations of a report.', {
  id: publicIdText('Public id of the part, an entry.'),
  observations: Type.Integer({ description: 'How many it holds.' }),
})

const InDoubt = object('InDoubt', 'What may have become of a report, and by which message.', {
  word: DoubtWord,
  by: publicIdText('Public id of the report that the message is shown as.'),
  message: text('Message id; see GET /api/messages/{id}.'),
  receivedAt: instant('When it was received.'),
})

export const ReportAnswer = object(
  'Report',
  'A report of a laboratory, imaging or other department on an order.',
  {
    kind: Type.Literal('report'),
    ...entryFields,
    reportId: text('Business key within the organisation.'),
    placerNumber: optionalText('Placer order number.'),
    fillerNumber: optionalText('Filler order number.'),
    service: optional(Coded, 'Service requested (OBR-4).'),
    section: optionalText('Diagnostic service section (OBR-24), e.g. CH, HM, RAD.'),
    status: ReportStatusWord,
    statusAsSent: optionalText('The code as sent: OBR-25, or DiagnosticReport.status.'),
    statusSystem: statusSystem('URI of the table or value set of that code.'),
    requestedAt: clinicalTime('When it was requested.'),
    collectedAt: clinicalTime('When the specimen was taken or the observation made; sort by this.'),
    specimenReceivedAt: clinicalTime('When the department received the specimen.'),
    issuedAt: clinicalTime('When it was reported.'),
    specimen: optional(Coded),
    requesters: list(Practitioner),
    interpreters: list(Practitioner),
    copyTo: list(Practitioner),
    encounterId: optionalText('`encounterId` of the encounter.'),
    encounter: optionalPublicId(
      'Public id of the encounter it belongs to, if the record holds it.',
    ),
    notes: list(Type.String()),
    category: optionalText('LABORATORY, IMAGING, VITAL_SIGNS, ...; as sent if in no table.'),
    conclusion: optionalText('Conclusion in words.'),
    more: optional(ReportMore),
    inDoubt: optional(
      InDoubt,
      'A later message may withdraw or change this report: it does not say which of several reports of one number it is about, so it stands beside them. Absent if there is none, or once the report was stated again.',
    ),
    aboutOneOf: optional(
      Type.Array(publicIdText('Public id of a report.')),
      'Reports of which this one withdraws or changes one, without saying which; absent if it stands for itself.',
    ),
    parts: optional(
      Type.Array(Part),
      'Of a report with too many observations for one answer: where they are, `observations` is then empty. Read each with GET /api/patients/{id}/entries/{part}. Absent of all others.',
    ),
    partOf: optionalPublicId(
      'Public id of the report that this is a part of; absent if it is whole.',
    ),
    observations: list(ObservationAnswer),
  },
)
export type ReportAnswer = Static<typeof ReportAnswer>

const inDoubtOf = ({ inDoubt }: Entry): Presented<Static<typeof InDoubt>> | null =>
  inDoubt === undefined
    ? null
    : {
        word: doubtWord(inDoubt),
        by: publicId(inDoubt.by),
        message: inDoubt.message,
        receivedAt: receivedAtOf(inDoubt.version),
      }

/** One report as an answer. */
export const reportOf = (
  entry: Entry,
  data: StoredReport,
  context: EntryContext,
): Presented<ReportAnswer> => {
  const shown: Partial<StoredReport['header'][number]['fields']> = Object.fromEntries(
    Object.entries(newestOf(data.header)).filter(([name]) => showsReportField(data, name)),
  )
  const header = { ...unsaidReport, service: null, ...shown }
  const { encounterId } = header
  const retractedBy = reportRetraction(data)
  const times = observedTimes(data.observations)
  return {
    kind: 'report',
    ...entryFieldsOf(entry, context),
    reportId: data.reportId,
    placerNumber: header.placerNumber,
    fillerNumber: header.fillerNumber,
    service: header.service,
    section: header.section,
    status: data.status,
    statusAsSent: data.statusAsSent,
    statusSystem: data.statusAsSent === null ? null : header.statusSystem,
    requestedAt: header.requestedAt,
    collectedAt: header.collectedAt,
    specimenReceivedAt: header.receivedAt,
    issuedAt: header.issuedAt,
    specimen: header.specimen,
    requesters: header.requesters,
    interpreters: header.interpreters,
    copyTo: header.copyTo,
    encounterId,
    encounter:
      encounterId === null
        ? null
        : linkTo(entry, 'encounter', encounterId, reportTime(data), context),
    notes: header.notes,
    category: header.category,
    conclusion: header.conclusion,
    more: reportMore.of(header),
    parts:
      entry.chunks
        ?.filter((chunk) => chunk.observations > 0)
        .map(({ at, observations }) => ({
          id: publicId(chunkId(entry._id, at)),
          observations,
        })) ?? null,
    partOf: entry.chunkOf === undefined ? null : publicId(entry.chunkOf),
    inDoubt: inDoubtOf(entry),
    aboutOneOf: entry.aboutOneOf?.map(publicId) ?? null,
    observations: data.observations.map((observation) => ({
      ...observationOf(observation, retractedBy, retractionByReport(data, observation)),
      observedAt: times.get(observation) ?? null,
    })),
  }
}
