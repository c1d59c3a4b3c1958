import type {
  Attachment as FhirAttachment,
  CodeableConcept,
  DocumentReferenceContent,
  DocumentReferenceContext,
  DocumentReferenceRelatesTo,
  Identifier,
  Reference,
} from '@medplum/fhirtypes'
import { payloadOf, type Upload } from '@tideway/ingest/offload'
import { type Attachment, type DocumentReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference, numberOfTarget } from '../keys/business-key.ts'
import { fhirError } from '@tideway/fhir/errors'
import { happened, type Mapping } from '../mapping.ts'
import { type Message, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/patient-key.ts'
import { resolve } from '../normalise/references.ts'
import { readCoded, wordOf } from '../values/coded.ts'
import { ownWord } from '../values/own-word.ts'
import { readOrganisation, readPractitioner, readPractitioners } from '../values/practitioner.ts'
import { readAvailability, readCompletion } from '@tideway/record/status/document-status'
import { statusAs } from '@tideway/record/status/status-table'

const stored = (data: string, sent: FhirAttachment): { attachment: Attachment; upload: Upload } => {
  const bytes = Buffer.from(data, 'base64')
  const { hash, object, size } = payloadOf(bytes)
  const contentType = sent.contentType ?? null
  return {
    attachment: { hash, object, pointer: null, contentType, size, title: sent.title ?? null },
    upload: { object, bytes, contentType: contentType ?? 'application/octet-stream' },
  }
}

/**
 * Embedded, in a Binary beside it, or where the sender keeps it. @throws FhirError
 * DANGLING_REFERENCE at an address within what was sent
 */
const attachedTo = (
  sent: FhirAttachment,
  at: string,
  resource: Resource,
  message: Message,
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
 * FHIR document-relationship-type in the words of DocumentReported; one that transforms or signs
 * another takes no place and adds nothing.
 */
const triggers: Readonly<Record<string, string>> = { replaces: 'REPLACEMENT', appends: 'ADDENDUM' }

/**
 * What it is to another document: of several the one whose place it takes, else the one it adds to.
 */
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
 * What it says of the document whose place it took, as a replacement of HL7 v2 does; one that came
 * with it speaks for itself.
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
  message: Message,
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
    trigger: ownWord(triggers, related?.code ?? ''),
    // A version that takes the place of one known by the same number is that document.
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
    const isBeside = resolve(related?.target ?? null, resource, message) !== null
    return [
      happened(patientKey, resource, document, uploads),
      ...replacedBy(document, isBeside).map((body) => happened(patientKey, resource, body)),
    ]
  },
} satisfies Mapping
