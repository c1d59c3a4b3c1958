import { type DocumentReported, unsaid, type Visit } from '@tideway/schemas/events.generated'
import { type Context, draftEvent, type Mapping } from '../normalise/mapping.ts'
import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readDocumentContent } from '../composites/documents/document-content.ts'
import { documentSegments } from '../groups/document-groups.ts'
import { readDocumentOrders } from '../composites/documents/document-orders.ts'
import { readPatient } from '../composites/patient/patient.ts'
import { readVisit } from '../composites/visit/visit.ts'
import { readVisitContext, type VisitContext } from '../composites/visit/visit-reference.ts'
import { triggerOf } from '../segments/trigger.ts'
import { readDocument } from '../composites/documents/document.ts'
import { documentTriggers } from '../tables/document-triggers.ts'

/**
 * Documents (T01 to T11): demographics, the orders, one document, and for a replacement the
 * superseded parent. The orders of a wrong patient's document are not reported.
 */
export default {
  handles: documentTriggers
    .keys()
    .map((trigger) => `MDM^${trigger}`)
    .toArray(),

  toEvents(message, context) {
    const patient = readPatient(message, context)
    const visit = readVisitContext(message, patient.key, context, true)
    const segments = documentSegments(message)
    const content = readDocumentContent(segments.observations, context)
    const document: DocumentReported = {
      ...readDocument(segments, content, patient.key, context),
      trigger: documentTriggers.get(triggerOf(message) ?? '') ?? null,
      encounterId: visit.encounterId,
      location: visit.location,
      toldVisit: unidentifiedVisit(message, visit, context),
    }
    return [
      draftEvent(patient.key, patient.pid, patient.details),
      ...visit.drafts,
      ...(content.wrongPatient === null
        ? readDocumentOrders(message, patient.key, visit, context)
        : []),
      draftEvent(patient.key, content.wrongPatient ?? segments.txa, document, content.bytes),
      ...replacedBy(document).map((body) => draftEvent(patient.key, segments.txa, body)),
    ]
  },
} satisfies Mapping

/** PV1 of a visit that no other event reports; its location is that of the document. */
const unidentifiedVisit = (
  message: Hl7Message,
  { drafts }: VisitContext,
  context: Context,
): Visit | null => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null || drafts.some(({ body }) => body.type === 'VisitUpdated')
    ? null
    : { ...readVisit(pv1, context), location: null }
}

/** The superseded document of a replacement. */
const replacedBy = ({ trigger, parentId, parentNumber }: DocumentReported): DocumentReported[] =>
  trigger !== 'REPLACEMENT' || parentId === null
    ? []
    : [
        {
          ...unsaid.DocumentReported(),
          documentId: parentId,
          uniqueNumber: parentNumber,
          trigger: 'REPLACED',
        },
      ]
