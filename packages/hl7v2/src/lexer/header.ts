import type { SenderConventions } from './sender-conventions.ts'
import { decoded, text } from './fields.ts'
import type { Delimiters } from './delimiters.ts'
import { type Decoded, decode } from './character-set.ts'
import { type Hl7Message, type MshFields, parse, type Segment, segmentOf } from './message.ts'
import { isXml } from '../xml/is-xml.ts'
import { readXml, readXmlHeader } from '../xml/read-xml.ts'

/**
 * The message header, MSH: the fields needed to identify, acknowledge and route a message. Absent
 * is null.
 *
 * @see HL7 v2.5.1 chapter 2.15.9
 */
export type Header = {
  delimiters: Delimiters
  /** MSH-2 as sent, e.g. `^~\&`. */
  encodingCharacters: string
  /** MSH-3.1 and MSH-4.1, decoded. */
  sendingApplication: string | null
  sendingFacility: string | null
  /** MSH-3 to MSH-6, complete and undecoded, to be swapped in an answer; empty if not sent. */
  sent: {
    sendingApplication: string
    sendingFacility: string
    receivingApplication: string
    receivingFacility: string
  }
  /**
   * MSH-9 as message and trigger in capitals, e.g. `ADT^A01`; the message code alone if no trigger
   * was sent.
   */
  type: string | null
  messageCode: string | null
  trigger: string | null
  /** MSH-10. */
  controlId: string | null
  /** MSH-10 undecoded, to be echoed in MSA-2; empty if not sent. */
  controlIdAsSent: string
  /** MSH-11.1, e.g. P, T, D. */
  processingId: string | null
  /** MSH-12.1, e.g. 2.4. */
  version: string | null
  /** MSH-15 and MSH-16: AL, NE, ER or SU. */
  acceptAcknowledgement: string | null
  applicationAcknowledgement: string | null
  /** MSH-18, whole, as sent; empty if not sent. */
  characterSetAsSent: string
  /** Character set the header was decoded from, as an IANA name in lower case. */
  characterSet: string
  /** Its fields, so that `readMessage` need not parse them again. */
  msh: MshFields
}

/** Maximum header length, bytes. */
const headerBytes = 8_192

/**
 * Reads the header alone. Never throws.
 *
 * @param byDefault  IANA name of the character set if neither the bytes nor MSH-18 decide
 * @returns null if the bytes are not an HL7 message: they start neither with MSH and a separator
 *   nor as XML with MSH as first segment
 */
export const readHeader = (bytes: Buffer, byDefault = 'windows-1252'): Header | null => {
  if (isXml(bytes)) {
    const message = readXmlHeader(bytes, byDefault)
    return message === null ? null : headerFrom(message, '')
  }
  const { text: line, characterSet } = decodeText(bytes.subarray(0, endOfHeader(bytes)), byDefault)
  const message = parse(line, characterSet)
  return message === null ? null : headerFrom(message, line)
}

/**
 * Parses a message, with delimiters or in XML, into segments and fields. White space and a byte
 * order mark before it are ignored.
 *
 * @param byDefault  as in `readHeader`
 * @param header     from `readHeader`, if already read; MSH is then not parsed again
 * @returns null if the bytes are not an HL7 message
 */
export const readMessage = (
  bytes: Buffer,
  byDefault: string,
  conventions?: SenderConventions,
  header?: Header,
): Hl7Message | null =>
  isXml(bytes)
    ? readXml(bytes, byDefault, conventions)
    : readPipes(bytes, byDefault, conventions, header?.msh)

const readPipes = (
  bytes: Buffer,
  byDefault: string,
  conventions?: SenderConventions,
  msh?: MshFields,
): Hl7Message | null => {
  const { text: content, characterSet } = decodeText(bytes, byDefault)
  return parse(content, characterSet, conventions, msh)
}

const decodeText = (bytes: Buffer, byDefault: string): Decoded => {
  const decoding = decode(bytes, byDefault)
  if (decoding.text.charCodeAt(0) !== 0x4d) decoding.text = decoding.text.trimStart()
  return decoding
}

/**
 * Index of the first line end after the first M; of the zero byte before it in big-endian UTF-16.
 */
const endOfHeader = (bytes: Buffer): number => {
  const start = bytes.indexOf(0x4d)
  if (start === -1 || start > headerBytes) return Math.min(bytes.length, headerBytes)
  const limit = Math.min(bytes.length, start + headerBytes)
  for (let at = start; at < limit; at++)
    if (bytes[at] === 0x0d || bytes[at] === 0x0a) return bytes[start - 1] === 0 ? at - 1 : at
  return limit
}

/** The header of a message; `known` itself if the message was read with it. */
export const headerOf = (message: Hl7Message, known?: Header): Header =>
  message.segments[0]?.fields === known?.msh.fields && message.characterSet === known?.characterSet
    ? known
    : headerFrom(message, '')

const headerFrom = (message: Hl7Message, line: string): Header => {
  const msh = segmentOf(message, 'MSH') as Segment
  const asSent = (field: number) => msh.fields[field] ?? ''
  const [messageCode, trigger] = typeParts(message, asSent(9))
  return {
    delimiters: message.delimiters,
    encodingCharacters: asSent(2),
    sendingApplication: text(msh, 3),
    sendingFacility: text(msh, 4),
    sent: {
      sendingApplication: asSent(3),
      sendingFacility: asSent(4),
      receivingApplication: asSent(5),
      receivingFacility: asSent(6),
    },
    type: typeOf(messageCode, trigger),
    messageCode,
    trigger,
    controlId: decoded(message, asSent(10)),
    controlIdAsSent: asSent(10),
    processingId: text(msh, 11),
    version: text(msh, 12),
    acceptAcknowledgement: text(msh, 15),
    applicationAcknowledgement: text(msh, 16),
    characterSetAsSent: asSent(18),
    characterSet: message.characterSet,
    msh: { line, fields: msh.fields },
  }
}

const typeParts = (message: Hl7Message, msh9: string): [string | null, string | null] => {
  const { component } = message.delimiters
  const [code, trigger] = component === '' ? [msh9] : msh9.split(component)
  const name = (part: string | undefined) => decoded(message, part)?.trim().toUpperCase() ?? null
  return [name(code), name(trigger)]
}

/** Message codes of answers to a message: HL7 table 0076, and NAK, which some engines send. */
const acknowledgements = new Set(['ACK', 'NAK', 'MCF'])

/**
 * Whether a message only acknowledges another: it must not be answered, or two systems never end.
 */
export const isAcknowledgement = ({ messageCode }: Pick<Header, 'messageCode'>): boolean =>
  acknowledgements.has(messageCode ?? '')

export const typeOf = (messageCode: string | null, trigger: string | null): string | null =>
  messageCode === null || trigger === null ? messageCode : `${messageCode}^${trigger}`
