import { isTypeOf, mediaTypeOf } from '@tideway/hl7v2/datatypes/media-type'
import { componentsOf, decoded, firstPart, raw } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import {
  leavePart,
  leaveUnread,
  type PartsRead,
  readNothing,
} from '@tideway/hl7v2/lexer/unused-parts'
import { sniffMediaType } from '@tideway/ingest/sniff-media-type'

/** Embedded data as sent: undecoded text, its encoding in capitals and its media type. */
export type EmbeddedData = {
  data: string
  encoding: string | null
  contentType: string | null
}

/**
 * ED-2 to 5, with data split by component separators. The source application (ED-1) is not read,
 * nor the type if the subtype says another.
 */
const everything = Number.MAX_SAFE_INTEGER
const readEd: PartsRead = [0, 1, 1, 1]
const readEdButType: PartsRead = [0, 0, 1, 1]

/**
 * OBX-5 as ED: type in component 2, subtype in 3, encoding in 4, data in 5. Some senders leave
 * components out, so that the data comes earlier, even alone in the first.
 *
 * @returns null if there is no data
 * @see HL7 v2.5.1 chapter 2A, data type ED
 */
export const embeddedDataIn = (obx: Segment): EmbeddedData | null => {
  const { message } = obx
  const components = componentsOf(message, oneOf(obx))
  const data = components.slice(4).join(message.delimiters.component)
  if (data === '' || data === '""') return shiftedDataIn(obx, components)
  const [type, subtype] = [firstPart(message, components[1]), firstPart(message, components[2])]
  const contentType = mediaTypeOf(type, subtype)
  const typeIsRead = isTypeOf(type, contentType) || mediaTypeOf(null, subtype) !== contentType
  leaveUnread(obx, 5, components.slice(0, 4), typeIsRead ? readEd : readEdButType)
  const encoding = firstPart(message, components[3])?.toUpperCase() ?? null
  return { data: decoded(message, data) ?? '', encoding, contentType }
}

const encodingAmong = /(?:\^|^)(?:base64|hex)\^/i

/** Of several encoded documents in one field the first; the others are listed as unused. */
const oneOf = (obx: Segment): string => {
  const { message } = obx
  const sent = raw(obx, 5)
  const { repetition } = message.delimiters
  if (repetition === '' || !sent.includes(repetition) || !encodingAmong.test(sent)) return sent
  leavePart(obx, '5~')
  return sent.split(repetition, 1)[0] as string
}

const isEncoding = (text: string) => /^(?:base64|hex|a)$/i.test(text)
const isType = (text: string) =>
  mediaTypeOf(text, null) !== null || mediaTypeOf(null, text) !== null
/** Characters: nothing shorter in a component with a meaning of its own is data. */
const shortest = 32

/** Data where a standard message has application, type, subtype or encoding. */
const shiftedDataIn = (obx: Segment, components: readonly string[]): EmbeddedData | null => {
  const { message } = obx
  const sent = components.map((one) => decoded(message, one) ?? '')
  const at = placeOfData(sent)
  const beside = sent.map((one, n) => (n === at || one === '' ? '' : one))
  const encodingAt = at === -1 ? -1 : beside.findIndex(isEncoding)
  const types = beside.map((one, n) => n !== encodingAt && isType(one))
  leaveUnread(
    obx,
    5,
    components,
    at === -1
      ? readNothing
      : sent.map((_, n) => (n === at ? everything : n === encodingAt || types[n] ? 1 : 0)),
  )
  if (at === -1) return null
  const [type = null, subtype = null] = beside.filter((_, n) => types[n])
  return {
    data: sent[at] as string,
    encoding: encodingAt === -1 ? null : (beside[encodingAt] as string).toUpperCase(),
    contentType: mediaTypeOf(subtype === null ? null : type, subtype ?? type),
  }
}

const placeOfData = (sent: readonly string[]): number => {
  const filled = sent.flatMap((one, n) => (one === '' ? [] : [n]))
  if (filled.length === 1) {
    const only = filled[0] as number
    return only === 0 || (sent[only] as string).length >= shortest ? only : -1
  }
  const longest = filled.reduce((best, n) => (size(sent[n]) > size(sent[best]) ? n : best), 0)
  return size(sent[longest]) >= shortest ? longest : -1
}
const size = (text: string | undefined) => text?.length ?? 0

/**
 * Bytes by table 0299: Base64, Hex, or A for the text itself. Without an encoding the content
 * decides: Base64 and Hex only if what they decode to is a known type or readable text.
 *
 * @returns null if the data is not in its encoding
 */
export const bytesOf = ({ data, encoding, contentType }: EmbeddedData): Buffer | null => {
  if (encoding === 'BASE64') return base64(data)
  if (encoding === 'HEX') return hex(data)
  if (encoding === 'A') return Buffer.from(data, 'utf8')
  if (encoding !== null) return null
  for (const bytes of [base64(data), hex(data)])
    if (bytes !== null && isMeant(bytes, data, contentType)) return bytes
  return Buffer.from(data, 'utf8')
}

/** Characters: shorter text that happens to be Base64 is text. */
const shortestText = 40

const isMeant = (bytes: Buffer, data: string, contentType: string | null): boolean => {
  if (sniffMediaType(bytes) !== null) return true
  if (data.length < shortestText || bytes.length === 0) return false
  return isReadable(bytes) || /^(?:image|audio|video)\/|\/pdf$|\/msword$/.test(contentType ?? '')
}

const isReadable = (bytes: Buffer): boolean => {
  try {
    return !/[\x00-\x08\x0e-\x1f\x7f]/.test(strict.decode(bytes))
  } catch {
    return false
  }
}
const strict = new TextDecoder('utf-8', { fatal: true })

const base64 = (sent: string): Buffer | null => {
  const data = sent.replaceAll(/\s/g, '')
  const bytes = Buffer.from(data, 'base64')
  const length = data.replace(/=+$/, '').length
  return Math.ceil((bytes.length * 4) / 3) === length ? bytes : null
}

const hex = (sent: string): Buffer | null => {
  const digits = sent.replaceAll(/\s/g, '')
  return /^(?:[0-9A-Fa-f]{2})*$/.test(digits) ? Buffer.from(digits, 'hex') : null
}
