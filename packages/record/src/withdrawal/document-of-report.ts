import type { Document, Entry, Report } from '@tideway/schemas/documents/entry'
import { entryIdOf } from '@tideway/schemas/public-id'
import { memberIds, partsOf, siblingIds } from '../entries/siblings/sibling-entries.ts'
import { isSaidHere } from '../entries/kept-statements.ts'
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

/** `_id` of the other reports of the number of a report: specimens, and later uses. */
export const otherReportIdsOf = (report: Entry): string[] => {
  if (report.data.kind !== 'report') return []
  const parts = partsOf(report)
  const siblings = parts.length === 0 ? [] : siblingIds(report._id, parts)
  return [...memberIds(report), ...siblings].filter((id) => id !== report._id)
}

/** Of reports the one that a document is embedded in; undefined if it is none of these. */
export const reportHolding = (document: Document, reports: readonly Entry[]): Report | undefined =>
  reports
    .flatMap(({ data }) => (data.kind === 'report' ? [data] : []))
    .find((report) => observationOf(document, report) !== undefined)

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

/**
 * A document as the report stands that it is embedded in: retracted with its observation, and
 * current only as long as that is. The message that says so names the report, not the document.
 */
export const asReportStands = (document: Document, report: Report): Document => {
  const observation = observationOf(document, report)
  if (observation === undefined || isWithdrawnDocument(document)) return document
  const { status, notCurrent } = observation
  if (isRetraction(status) || status === 'cancelled')
    return { ...document, status, attachment: null, attachments: [], observations: [], text: null }
  return notCurrent === undefined ? document : { ...document, notCurrent }
}
