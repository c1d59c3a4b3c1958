import type {
  Attachment as FhirAttachment,
  CodeableConcept,
  DocumentReferenceContent,
  DocumentReferenceContext,
  DocumentReferenceRelatesTo,
  Identifier,
  Reference,
} from '@medplum/fhirtypes'
import { payloadReference, type Upload } from '@tideway/ingest/large-payloads'
import { type Attachment, type DocumentReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference, numberOfTarget } from '../keys/business-key.ts'
import { fhirError } from '../errors.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { sniffMediaType } from '@tideway/ingest/sniff-media-type'
import { subjectKeyOf } from '../keys/subject.ts'
import { resolve } from '../normalise/resolve.ts'
import { readCoded, wordOf } from '../values/coded.ts'
import { lookUp } from '../values/look-up.ts'
import { readOrganisation, readPractitioner, readPractitioners } from '../values/practitioner.ts'
import { readAvailability, readCompletion } from '@tideway/record/status/document-status'
import { statusAs } from '@tideway/record/status/status-table'

const stored = (data: string, sent: FhirAttachment): { attachment: Attachment; upload: Upload } => {
  const bytes = Buffer.from(data, 'base64')
  const { hash, object, size } = payloadReference(bytes)
  const contentType = sent.contentType ?? sniffMediaType(bytes)
  return {
    attachment: { hash, object, pointer: null, contentType, size, title: sent.title ?? null },
    upload: { object, bytes, contentType: contentType ?? 'application/octet-stream' },
  }
}

/**
 * An attachment: embedded, in a Binary of the submission, or stored by the sender.
 *
 * @throws FhirError DANGLING_REFERENCE for an address within the submission
 */
const attachedTo = (
  sent: FhirAttachment,
  at: string,
  resource: Resource,
  message: FhirMessage,
): { attachment: Attachment; upload: Upload | null } => {
  if (sent.data !== undefined) return stored(sent.data, sent)
  const binary = sent.url === undefined ? null : resolve({ reference: sent.url }, resource, message)
  const data = binary?.type === 'Binary' ? take<string>(binary, 'data') : null
  if (binary !== null && data !== null)
    return stored(data, {
      ...sent,
      ...(sent.contentType === undefined
        ? { contentType: take<string>(binary, 'contentType') ?? 'application/octet-stream' }
        : {}),
    })
  if (sent.url === undefined || sent.url.startsWith('urn:uuid:') || sent.url.startsWith('#'))
    throw fhirError('DANGLING_REFERENCE', `${at}.url`)
  return {
    attachment: {
      hash: null,
      object: null,
      pointer: sent.url,
      contentType: sent.contentType ?? null,
      size: sent.size ?? null,
      title: sent.title ?? null,
    },
    upload: null,
  }
}

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
    const contents = takeAll<DocumentReferenceContent>(resource, 'content')
    const attached = contents.map(({ attachment }, index) =>
      attachedTo(attachment, `${resource.place}.content[${index}].attachment`, resource, message),
    )
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
