import type { Attachment as FhirAttachment } from '@medplum/fhirtypes'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { formsOfReport } from '@tideway/record/withdrawal/document-of-report'
import { type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { happened } from '../mapping.ts'
import { type FhirMessage, type Resource, takeAll } from '../normalise/message.ts'
import { readAttachment } from './attachment.ts'

/**
 * The report as its sender presents it, e.g. a PDF: a document of the report, as one embedded in an
 * ORU is. Several forms say the same. One without content stays in the list of unused elements.
 *
 * @see FHIR R4, DiagnosticReport.presentedForm
 */
export const presentedFormsOf = (
  resource: Resource,
  patientKey: string,
  report: ResultReported,
  message: FhirMessage,
): DraftEvent[] => {
  const sent = (resource.sent['presentedForm'] ?? []) as readonly FhirAttachment[]
  const forms = takeAll<FhirAttachment>(resource, 'presentedForm').flatMap((form, index) => {
    // Read untracked: a form that cannot be shown stays unused.
    const stored = readAttachment(sent[index] ?? {}, resource, message)
    if (stored === null) return []
    void [form.contentType, form.data, form.url, form.title, form.size]
    return [stored]
  })
  const attachments = forms.map(({ attachment }) => attachment)
  const uploads = forms.flatMap(({ upload }) => upload ?? [])
  const [first] = attachments
  if (first === undefined) return []
  const { reportId, status, statusAsSent, statusSystem, service, encounterId } = report
  const document = {
    ...unsaid.DocumentReported(),
    documentId: formsOfReport(reportId),
    reportId,
    title: first.title ?? service.text ?? service.code,
    kind: service,
    at: report.issuedAt ?? report.collectedAt,
    status,
    statusAsSent,
    statusSystem,
    attachment: first,
    attachments,
    authors: report.interpreters,
    organisation: report.organisation,
    encounterId,
    placerNumber: report.placerNumber,
    fillerNumber: report.fillerNumber,
  }
  return [happened(patientKey, resource, document, uploads)]
}
