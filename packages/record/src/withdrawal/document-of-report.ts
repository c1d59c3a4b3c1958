import type { Document, Entry, Report } from '@tideway/schemas/documents/entry'
import { entryIdOf } from '@tideway/schemas/public-id'
import { isSaidHere } from '../entries/kept-statements.ts'
import { isRetraction } from '../status/observation-status.ts'
import { isWithdrawnDocument } from './is-withdrawn.ts'

/** `_id` of the report that a document is embedded in; null if it is in none. */
export const reportEntryIdOf = ({ patient, data }: Entry): string | null =>
  data.kind === 'document' && data.reportId !== null
    ? entryIdOf(patient, 'report', data.reportId)
    : null

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
