import type { ReadObservation } from '../../segments/obx.ts'
import {
  type Attachment,
  type DocumentReported,
  type Observation,
  type ResultReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readDocumentContent } from '../documents/document-content.ts'
import type { ResultDocument, ResultGroup } from '../../groups/result-groups.ts'
import { readDocument } from '../documents/document.ts'

/** Documents embedded in the observations of a report. */
export const documentsOf = (
  read: readonly ReadObservation[],
  report: ResultReported,
  group: ResultGroup,
  patientKey: string,
): Hl7DraftEvent[] => {
  const attached = read.filter(({ observation }) => observation.attachment !== null)
  if (attached.length === 0) return []
  const byPlace = new Map(group.observations.map(({ obx }) => [placeOf(obx), obx]))
  return attached.map(({ observation }) =>
    draftEvent(
      patientKey,
      byPlace.get(observation.place) as Segment,
      documentBody(observation, observation.attachment as Attachment, report),
    ),
  )
}

/** The document that a TXA describes. */
export const describedDocument = (
  document: ResultDocument,
  { reportId, encounterId }: ResultReported,
  { orc, obr }: ResultGroup,
  patientKey: string,
  context: Context,
): Hl7DraftEvent => {
  const content = readDocumentContent(document.observations, context)
  const body = {
    ...readDocument({ orc, obr, consents: [], ...document }, content, patientKey, context),
    reportId,
    encounterId,
  }
  return draftEvent(patientKey, content.wrongPatient ?? document.txa, body, content.bytes)
}

const documentBody = (
  { key, code, observedAt, status, statusAsSent, statusSystem }: Observation,
  attachment: Attachment,
  report: ResultReported,
): DocumentReported => ({
  ...unsaid.DocumentReported(),
  documentId: `${report.reportId}|${key}`,
  title: attachment.title,
  kind: code,
  at: observedAt ?? report.issuedAt ?? report.collectedAt,
  status,
  statusAsSent,
  statusSystem,
  reportId: report.reportId,
  attachment,
})
