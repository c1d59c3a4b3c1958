import { leaveUnread, type PartsRead, readNothing } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, decoded, firstPart, raw } from '@tideway/hl7v2/lexer/fields'
import { createHash } from 'node:crypto'
import type { Attachment } from '@tideway/schemas/events.generated'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leaveOutField } from './time-field.ts'
import { mediaTypeOf } from '@tideway/hl7v2/datatypes/media-type'

export type Attached = { attachment: Attachment; bytes: Upload | null }

const octets = 'application/octet-stream'

/**
 * ED-2 to 5, with data split by component separators; RP-1, 3 and 4. The source application (ED-1,
 * RP-2) is not read, nor the type if the subtype implies it.
 */
const everything = Number.MAX_SAFE_INTEGER
const readEd: PartsRead = [0, 1, 1, 1]
const readEdBySubtype: PartsRead = [0, 0, 1, 1]
const readRp: PartsRead = [everything, 0, 1, 1]
const readRpBySubtype: PartsRead = [everything, 0, 0, 1]

/**
 * Embedded data: its bytes go to the object store under the hash of their content, and only the
 * hash stays in the event.
 *
 * @returns null if the field is empty, or if the data does not match its declared encoding: it is
 *   then listed as unused, and the message counts as used in part
 * @see HL7 v2.5.1 chapter 2A, data type ED
 */
export const readEmbedded = (obx: Segment, title: string | null): Attached | null => {
  const { message } = obx
  const sent = raw(obx, 5)
  const components = componentsOf(message, sent)
  const data = components.slice(4).join(message.delimiters.component)
  const [type, subtype] = [firstPart(message, components[1]), firstPart(message, components[2])]
  const contentType = mediaTypeOf(type, subtype)
  leaveUnread(
    obx,
    5,
    components.slice(0, 4),
    data === ''
      ? readNothing
      : mediaTypeOf(null, subtype) === contentType
        ? readEdBySubtype
        : readEd,
  )
  if (data === '' || data === '""') return null
  const bytes = bytesOf(
    decoded(message, data) ?? '',
    (firstPart(message, components[3]) ?? 'A').toUpperCase(),
  )
  if (bytes === null) {
    leaveOutField(obx, 5)
    return null
  }
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
  leaveUnread(
    obx,
    5,
    components,
    mediaTypeOf(null, subtype) === contentType ? readRpBySubtype : readRp,
  )
  return {
    attachment: { hash: null, object: null, pointer, contentType, size: null, title },
    bytes: null,
  }
}

/** HL7 table 0299: A is the text itself. Null if the text is not in that encoding. */
const bytesOf = (data: string, encoding: string): Buffer | null => {
  if (encoding === 'BASE64') return base64(data.replaceAll(/\s/g, ''))
  if (encoding === 'HEX') {
    const digits = data.replaceAll(/\s/g, '')
    return /^(?:[0-9A-Fa-f]{2})*$/.test(digits) ? Buffer.from(digits, 'hex') : null
  }
  return encoding === 'A' ? Buffer.from(data, 'utf8') : null
}

const base64 = (data: string): Buffer | null => {
  const bytes = Buffer.from(data, 'base64')
  const length = data.replace(/=+$/, '').length
  return Math.ceil((bytes.length * 4) / 3) === length ? bytes : null
}
