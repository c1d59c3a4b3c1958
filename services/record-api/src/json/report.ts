import type { Entry, Report as StoredReport } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import {
  reportRetraction,
  showsReportField,
} from '@tideway/record/withdrawal/shown-after-withdrawal'
import { newestOf } from '@tideway/record/entries/newest'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
import { type More, restOf } from './more.ts'
import { Observation, observationOf } from './observation.ts'
import {
  clinicalTime,
  Coded,
  list,
  object,
  orNull,
  Practitioner,
  text,
  textOrNull,
} from './values.ts'

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
/** Fields of a report that are answered under `more`. */
export const reportMore = restOf('ResultReported', elsewhere, {})
const ReportMore = Type.Unsafe<More>(
  object(
    'ReportMore',
    'What else was said of the report, each field the newest of its kind.',
    reportMore.fields,
  ),
)

const { type: _, ...unsaidReport } = unsaid.ResultReported()

export const Report = object(
  'Report',
  'What a laboratory, imaging or other department reported on an order.',
  {
    kind: Type.Literal('report'),
    ...entryFields,
    reportId: text('Business key within the organisation.'),
    placerNumber: textOrNull('Order number of who asked.'),
    fillerNumber: textOrNull('Number of the department.'),
    service: orNull(Coded, 'What was asked for (OBR-4).'),
    section: textOrNull('Diagnostic service section (OBR-24), e.g. CH, HM, RAD.'),
    status: Type.Enum(
      [
        'registered',
        'partial',
        'preliminary',
        'final',
        'amended',
        'appended',
        'corrected',
        'corrected-preliminary',
        'cancelled',
        'entered-in-error',
        'unknown',
      ],
      {
        description:
          'HL7 table 0123 in words, and of FHIR `entered-in-error`: it was taken back, and neither values nor words are shown.',
      },
    ),
    statusAsSent: textOrNull('The code as sent: OBR-25, or DiagnosticReport.status.'),
    statusSystem: textOrNull('The table or value set of that code, e.g. HL70123.'),
    requestedAt: clinicalTime('Requested.'),
    collectedAt: clinicalTime('Specimen taken, or observed: sort by this.'),
    specimenReceivedAt: clinicalTime('Specimen received by the department.'),
    issuedAt: clinicalTime('Reported.'),
    specimen: orNull(Coded),
    requesters: list(Practitioner),
    interpreters: list(Practitioner),
    copyTo: list(Practitioner),
    encounterId: textOrNull('Visit number, or what stands in for it, as in the encounter.'),
    encounter: textOrNull('Public id of the encounter it belongs to, if the record holds it.'),
    notes: list(Type.String()),
    category: textOrNull(
      'LABORATORY, IMAGING, VITAL_SIGNS, ...; as sent if in no table, null if nothing says so.',
    ),
    conclusion: textOrNull('Conclusion in words.'),
    more: ReportMore,
    observations: list(Observation),
  },
)
export type Report = Static<typeof Report>

/** One report for a reader. */
export const reportOf = (entry: Entry, data: StoredReport, context: EntryContext): Report => {
  const shown: Partial<StoredReport['header'][number]['fields']> = Object.fromEntries(
    Object.entries(newestOf(data.header)).filter(([name]) => showsReportField(data, name)),
  )
  const header = { ...unsaidReport, service: null, ...shown }
  const { encounterId } = header
  const takenBackBy = reportRetraction(data)
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
    statusSystem: header.statusSystem,
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
      encounterId === null ? null : publicId(entryIdOf(entry.patient, 'encounter', encounterId)),
    notes: header.notes,
    category: header.category,
    conclusion: header.conclusion,
    more: reportMore.of(header),
    observations: data.observations.map((observation) => observationOf(observation, takenBackBy)),
  }
}
