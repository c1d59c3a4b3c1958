import type { Attachment as FhirAttachment } from '@medplum/fhirtypes'
import { payloadReference, type Upload } from '@tideway/ingest/large-payloads'
import { sniffMediaType } from '@tideway/ingest/sniff-media-type'
import type { Attachment } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'

/** @property upload  its bytes; null if the sender stores them */
export type StoredAttachment = { attachment: Attachment; upload: Upload | null }

const stored = (data: string, sent: FhirAttachment): StoredAttachment => {
  const bytes = Buffer.from(data, 'base64')
  const { hash, object, size } = payloadReference(bytes)
  const contentType = sent.contentType ?? sniffMediaType(bytes)
  return {
    attachment: { hash, object, pointer: null, contentType, size, title: sent.title ?? null },
    upload: { object, bytes, contentType: contentType ?? 'application/octet-stream' },
  }
}

/**
 * An attachment: embedded, in a Binary of the submission, or stored by the sender. Null if it has
 * neither data nor an address, or an address within the submission where nothing is.
 */
export const readAttachment = (
  sent: FhirAttachment,
  resource: Resource,
  message: FhirMessage,
): StoredAttachment | null => {
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
    return null
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
