import { type DocumentReported, unsaid, type Visit } from '@tideway/schemas/events.generated'
import { readOrLeaveOut } from '../normalise/leave-out.ts'
import { type Context, type Hl7DraftEvent, draftEvent, type Mapping } from '../normalise/mapping.ts'
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
    const hasDocument = segmentOf(message, 'TXA') !== null
    const visit = readVisitContext(
      hasDocument ? message : withoutContent(message),
      patient.key,
      context,
      true,
    )
    return [
      draftEvent(patient.key, patient.pid, patient.details),
      ...visit.drafts,
      ...readOrLeaveOut(
        () => message.segments.filter(({ name }) => ofDocument.has(name)),
        () => documentEvents(message, patient.key, visit, context),
      ),
    ]
  },
} satisfies Mapping

/** Without its TXA, the content of a document would be read as observations of the visit. */
const withoutContent = (message: Hl7Message): Hl7Message => ({
  ...message,
  segments: message.segments.filter(({ name }) => name !== 'OBX'),
})

const ofDocument = new Set(['ORC', 'OBR', 'TQ1', 'TXA', 'CON', 'OBX', 'NTE', 'PRT'])

const documentEvents = (
  message: Hl7Message,
  patientKey: string,
  visit: VisitContext,
  context: Context,
): Hl7DraftEvent[] => {
  const segments = documentSegments(message)
  const content = readDocumentContent(segments.observations, context)
  const document: DocumentReported = {
    ...readDocument(segments, content, patientKey, context),
    trigger: documentTriggers.get(triggerOf(message) ?? '') ?? null,
    encounterId: visit.encounterId,
    location: visit.location(),
    toldVisit: unidentifiedVisit(message, visit, context),
  }
  return [
    ...(content.wrongPatient === null
      ? readDocumentOrders(message, patientKey, visit, context)
      : []),
    draftEvent(patientKey, content.wrongPatient ?? segments.txa, document, content.bytes),
    ...replacedBy(document).map((body) => draftEvent(patientKey, segments.txa, body)),
  ]
}

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
