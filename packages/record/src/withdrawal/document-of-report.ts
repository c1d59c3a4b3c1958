import type { Document, Entry, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import { entryIdOf } from '@tideway/schemas/public-id'
import { chunkAt, chunkId } from '../entries/chunks/chunk-tree.ts'
import { memberIds, partsOf, siblingIds } from '../entries/siblings/sibling-entries.ts'
import { isSaidHere } from '../entries/kept-statements.ts'
import { replaces, retractionsIn, retracts, versionsOf } from '../entries/report-versions.ts'
import { isRetraction } from '../status/observation-status.ts'
import { isWithdrawnDocument } from './is-withdrawn.ts'

/**
 * `_id` of each entry that may be the report a document is embedded in, or list those that are: by
 * its key, and by number and service alone. None if it is in no report.
 */
export const reportEntryIdsOf = ({ patient, data }: Entry): string[] => {
  if (data.kind !== 'document' || data.reportId === null) return []
  const { reportId } = data
  const ends = [...reportId.matchAll(/(?<!^)~/g)].map(({ index }) => index)
  return [reportId, ...ends.map((end) => reportId.slice(0, end))].map((key) =>
    entryIdOf(patient, 'report', key),
  )
}

/** `_id` of the chunk of a report that holds what a document is embedded in. */
const chunkIdsOf = (report: Entry, documents: readonly Entry[]): string[] =>
  documents.flatMap(({ data }) =>
    data.kind === 'document' && report.chunks !== undefined && data.reportId !== null
      ? [
          chunkId(
            report._id,
            chunkAt(report.chunks, data.documentId.slice(data.reportId.length + 1)),
          ),
        ]
      : [],
  )

/**
 * `_id` of the other reports of the number of a report: specimens, later uses, and of one in chunks
 * those that may hold some documents.
 */
export const otherReportIdsOf = (report: Entry, documents: readonly Entry[]): string[] => {
  if (report.data.kind !== 'report') return []
  const parts = partsOf(report)
  const siblings = parts.length === 0 ? [] : siblingIds(report._id, parts)
  return [...memberIds(report), ...siblings, ...chunkIdsOf(report, documents)].filter(
    (id) => id !== report._id,
  )
}

/** Business key of the document that is a report as its sender presents it. */
export const formsOfReport = (reportId: string): string => `${reportId}|presentedForm`

const isForm = ({ reportId, documentId }: Document): boolean =>
  reportId !== null && documentId === formsOfReport(reportId)

/** The report presented as a document: of those of its number the one its messages are about. */
const reportPresented = (
  { reportId, reported }: Document,
  reports: readonly Report[],
): Report | undefined => {
  const messages = new Set(reported.map(({ message }) => message))
  const ofNumber = reports.filter(
    (one) => one.reportId === reportId || one.reportId.startsWith(`${reportId}~`),
  )
  const isAbout = ({ header, versions = [] }: Report) =>
    [...header, ...versions].some(({ message }) => messages.has(message))
  return ofNumber.find(isAbout) ?? ofNumber.find((one) => one.reportId === reportId) ?? ofNumber[0]
}

/** Of reports the one that a document is embedded in; undefined if it is none of these. */
export const reportHolding = (
  document: Document,
  reports: readonly Report[],
): Report | undefined =>
  isForm(document)
    ? reportPresented(document, reports)
    : reports.find((report) => observationOf(document, report) !== undefined)

/** The observation of a report that a document was embedded in (OBX of type ED or RP). */
const observationOf = ({ reportId, documentId, reported }: Document, report: Report) => {
  const prefix = `${reportId}|`
  if (!documentId.startsWith(prefix)) return undefined
  const key = documentId.slice(prefix.length)
  const messages = new Set(reported.map(({ message }) => message))
  return report.observations.find((observation) =>
    observation.reported.some(
      (told) =>
        isSaidHere(told) && messages.has(told.message) && (told.sentKey ?? observation.key) === key,
    ),
  )
}

type Standing = Pick<ReportObservation, 'status' | 'notCurrent'>

/**
 * How a report presented as a document stands: as the report, and current only if its latest
 * version has it.
 */
const formStanding = ({ reported }: Document, report: Report): Standing | undefined => {
  const versions = versionsOf(report)
  const last = reported.at(-1)
  if (last === undefined) return undefined
  const by = retractionsIn(versions).findLast(({ version }) => retracts(version, last))
  if (by !== undefined) return { status: by.status }
  return versions.some((version) => replaces(version, last))
    ? { status: 'unknown', notCurrent: 'not-in-latest-version' }
    : undefined
}

/**
 * A document as the report stands that it is embedded in: retracted with its observation, and
 * current only as long as that is. The message that says so names the report, not the document.
 */
export const asReportStands = (document: Document, report: Report): Document => {
  const standing = isForm(document)
    ? formStanding(document, report)
    : observationOf(document, report)
  if (standing === undefined || isWithdrawnDocument(document)) return document
  const { status, notCurrent } = standing
  if (isRetraction(status) || status === 'cancelled')
    return { ...document, status, attachment: null, attachments: [], observations: [], text: null }
  return notCurrent === undefined ? document : { ...document, notCurrent }
}
