import type { Document, DocumentVersion, Origin } from '@tideway/schemas/documents/entry'
import type { DocumentReported } from '@tideway/schemas/events.generated'
import { putFact } from '../facts.ts'
import { settleObservation } from './observation-status.ts'

const versionsKept = 100

/**
 * What one message makes of a document. Pure: no store, no clock.
 *
 * A document withdrawn (D, W) or cancelled (X) keeps nothing a reader could open; what was there stays in `reported`.
 */
export const evolveDocument = (before: Document | null, { type: _type, documentId, ...event }: DocumentReported, stated: Origin): Document => {
  const reported = putFact<DocumentVersion>(before?.reported ?? [], { ...event, ...stated }).slice(-versionsKept)
  const { status, valueFrom } = settleObservation(reported.map(({ status }) => ({ code: status, hasValue: true })))
  const shown = reported[valueFrom ?? reported.length - 1] as DocumentVersion
  return {
    kind: 'document',
    documentId,
    title: shown.title,
    documentKind: shown.kind,
    at: shown.at,
    status,
    reportId: shown.reportId,
    attachment: valueFrom === null ? null : shown.attachment,
    shown: shown.version,
    reported,
  }
}
