import type {
  CodeableConcept,
  DocumentReferenceContent,
  DocumentReferenceContext,
  DocumentReferenceRelatesTo,
  Identifier,
  Reference,
} from '@medplum/fhirtypes'
import { type Attachment, type DocumentReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference, numberOfTarget } from '../keys/business-key.ts'
import { fhirError } from '../errors.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { resolve } from '../normalise/resolve.ts'
import { readAttachment, type StoredAttachment } from '../reports/attachment.ts'
import { readCoded, wordOf } from '../values/coded.ts'
import { lookUp } from '../values/look-up.ts'
import { readOrganisation, readPractitioner, readPractitioners } from '../values/practitioner.ts'
import { readAvailability, readCompletion } from '@tideway/record/status/document-status'
import { statusAs } from '@tideway/record/status/status-table'

/**
 * The attachments of a document.
 *
 * @throws FhirError DANGLING_REFERENCE for an address within the submission
 */
const attachedTo = (resource: Resource, message: FhirMessage): StoredAttachment[] =>
  takeAll<DocumentReferenceContent>(resource, 'content').map(({ attachment }, index) => {
    const stored = readAttachment(attachment, resource, message)
    if (stored !== null) return stored
    throw fhirError('DANGLING_REFERENCE', `${resource.place}.content[${index}].attachment.url`)
  })

/**
 * FHIR document-relationship-type as the trigger of DocumentReported; `transforms` and `signs`
 * neither replace a document nor add to it.
 */
const triggers: Readonly<Record<string, string>> = { replaces: 'REPLACEMENT', appends: 'ADDENDUM' }

/** The relation to another document: `replaces` before `appends` before any other. */
const relationOf = (resource: Resource): DocumentReferenceRelatesTo | null => {
  const related = takeAll<DocumentReferenceRelatesTo>(resource, 'relatesTo')
  const codes = related.map(({ code }) => code)
  return (
    related[
      [codes.indexOf('replaces'), codes.indexOf('appends')].find((index) => index >= 0) ?? 0
    ] ?? null
  )
}

/**
 * The event for a superseded document, as for an HL7 v2 replacement. A superseded document in the
 * same submission has its own event.
 */
const replacedBy = (
  { trigger, parentId, parentNumber }: DocumentReported,
  isBeside: boolean,
): DocumentReported[] =>
  trigger !== 'REPLACEMENT' || parentId === null || isBeside
    ? []
    : [
        {
          ...unsaid.DocumentReported(),
          documentId: parentId,
          uniqueNumber: parentNumber,
          trigger: 'REPLACED',
        },
      ]

const documentOf = (
  resource: Resource,
  related: DocumentReferenceRelatesTo | null,
  patientKey: string,
  message: FhirMessage,
  attachments: Attachment[],
): DocumentReported => {
  const documentId = businessKey(resource, patientKey, message)
  const parentId = keyOfReference(related?.target, resource, patientKey, message)
  const context = take<DocumentReferenceContext>(resource, 'context')
  const type = take<CodeableConcept>(resource, 'type')
  const description = take<string>(resource, 'description')
  return {
    ...unsaid.DocumentReported(),
    documentId,
    title: attachments[0]?.title ?? description ?? readCoded(type)?.text ?? null,
    kind: readCoded(type),
    at: take<string>(resource, 'date'),
    attachment: attachments[0] ?? null,
    attachments,
    uniqueNumber: take<Identifier>(resource, 'masterIdentifier')?.value ?? null,
    trigger: lookUp(triggers, related?.code ?? ''),
    // A version that replaces one of the same number is the same document.
    parentId: parentId === documentId ? null : parentId,
    parentNumber: numberOfTarget(related?.target, resource, message),
    ...statusAs('completion', readCompletion(take(resource, 'docStatus'), 'COMPOSITION_STATUS')),
    confidentiality: wordOf(takeAll<CodeableConcept>(resource, 'securityLabel')[0]),
    ...statusAs(
      'availability',
      readAvailability(take(resource, 'status'), 'DOCUMENT_REFERENCE_STATUS'),
    ),
    documentType: wordOf(type),
    authors: readPractitioners(takeAll<Reference>(resource, 'author'), resource, message),
    authenticators: [
      readPractitioner(take<Reference>(resource, 'authenticator'), resource, message),
    ].filter((one) => one !== null),
    organisation: readOrganisation(take<Reference>(resource, 'custodian'), resource, message),
    activityAt: context?.period?.start ?? null,
    encounterId: keyOfReference(context?.encounter?.[0], resource, patientKey, message),
    notes: description === null ? [] : [description],
  }
}

/** A document; its bytes go to the object store under the hash of their content. */
export default {
  handles: ['DocumentReference'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const attached = attachedTo(resource, message)
    const uploads = attached.map(({ upload }) => upload).filter((upload) => upload !== null)
    const related = relationOf(resource)
    const document = documentOf(
      resource,
      related,
      patientKey,
      message,
      attached.map(({ attachment }) => attachment),
    )
    const target = resolve(related?.target ?? null, resource, message)
    const isBeside = target !== null && message.outside.knownOf(target) === null
    return [
      happened(patientKey, resource, document, uploads),
      ...replacedBy(document, isBeside).map((body) => happened(patientKey, resource, body)),
    ]
  },
} satisfies ResourceMapping
