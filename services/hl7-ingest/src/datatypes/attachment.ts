import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, decoded, firstPart, raw } from '@tideway/hl7v2/lexer/fields'
import { createHash } from 'node:crypto'
import type { Attachment } from '@tideway/schemas/events.generated'
import { sniffMediaType } from '@tideway/ingest/sniff-media-type'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { bytesOf, embeddedDataIn } from './embedded-data.ts'
import { withFurther } from './embedded-parts.ts'
import { leaveOutField } from './time-field.ts'
import { isTypeOf, mediaTypeOf } from '@tideway/hl7v2/datatypes/media-type'

export type Attached = { attachment: Attachment; bytes: Upload | null }

const octets = 'application/octet-stream'

/**
 * RP-1, 3 and 4. The source application (RP-2) is not read, nor the type if the subtype says
 * another.
 */
const everything = Number.MAX_SAFE_INTEGER
const readRp: PartsRead = [everything, 0, 1, 1]
const readRpButType: PartsRead = [everything, 0, 0, 1]

const address = /^(?:https?|ftp|file):\/\/\S+$/i

/**
 * Embedded data: its bytes go to the object store under the hash of their content, and only the
 * hash stays in the event. The type is that sent, else that of the content. An address alone is a
 * pointer.
 *
 * @param further  OBX that continue the data, in order
 * @returns null if the field is empty, or if the data does not match its declared encoding: it is
 *   then listed as unused, and the message counts as used in part
 * @see HL7 v2.5.1 chapter 2A, data type ED
 */
export const readEmbedded = (
  obx: Segment,
  title: string | null,
  further: readonly Segment[] = [],
): Attached | null => {
  const first = embeddedDataIn(obx)
  if (first === null) return null
  if (first.encoding === null && address.test(first.data)) return readPointer(obx, title)
  const bytes = bytesOf(withFurther(first, further))
  if (bytes === null) {
    leaveOutField(obx, 5)
    return null
  }
  const isText = first.encoding !== 'BASE64' && bytes.equals(Buffer.from(first.data, 'utf8'))
  const contentType = first.contentType ?? sniffMediaType(bytes) ?? (isText ? 'text/plain' : null)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const object = `payloads/${hash.slice(0, 2)}/${hash}`
  return {
    attachment: { hash, object, pointer: null, contentType, size: bytes.length, title },
    bytes: { object, bytes, contentType: contentType ?? octets },
  }
}

/**
 * A pointer to data stored by the sender.
 *
 * @see HL7 v2.5.1 chapter 2A, data type RP
 */
export const readPointer = (obx: Segment, title: string | null): Attached | null => {
  const { message } = obx
  const components = componentsOf(message, raw(obx, 5))
  const pointer = decoded(message, components[0])
  if (pointer === null) return null
  const [type, subtype] = [firstPart(message, components[2]), firstPart(message, components[3])]
  const contentType = mediaTypeOf(type, subtype)
  const typeIsRead = isTypeOf(type, contentType) || mediaTypeOf(null, subtype) !== contentType
  leaveUnread(obx, 5, components, typeIsRead ? readRp : readRpButType)
  return {
    attachment: { hash: null, object: null, pointer, contentType, size: null, title },
    bytes: null,
  }
}
