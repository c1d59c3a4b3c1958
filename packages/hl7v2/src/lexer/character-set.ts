import { isAscii, isUtf8 } from 'node:buffer'

export type Decoded = {
  text: string
  /** What the bytes were decoded as, in lower case as the IANA registry names it. */
  characterSet: string
}

/** Names of HL7 table 0211 and what senders write instead, without spaces, in lower case. */
const names = new Map(
  Object.entries({
    ascii: 'us-ascii',
    'us-ascii': 'us-ascii',
    utf8: 'utf-8',
    'utf-8': 'utf-8',
    unicode: 'utf-8',
    'unicodeutf-8': 'utf-8',
    unicodeutf8: 'utf-8',
    'unicodeutf-16': 'utf-16',
    unicodeutf16: 'utf-16',
    'utf-16': 'utf-16',
    'windows-1252': 'windows-1252',
    cp1252: 'windows-1252',
    latin1: 'iso-8859-1',
  }),
)

/**
 * What MSH-18 says, as an IANA name; null if it says nothing that is known here. The first of
 * several is the default of the message.
 *
 * @see HL7 v2.8 chapter 2.14.9.18, table 0211
 */
export const characterSetOf = (msh18: string): string | null => {
  const name = msh18.toLowerCase().replaceAll(/\s/g, '')
  const part = /^(?:iso-?)?8859[/-](\d{1,2})$/.exec(name)?.[1]
  return part === undefined ? (names.get(name) ?? null) : `iso-8859-${part}`
}

const fallback = 'windows-1252'

/**
 * Decodes a message. A byte order mark decides; else bytes that are strictly UTF-8 are UTF-8,
 * whatever the sender says, because nothing else looks like it; else what MSH-18 says, else the
 * source's own, else Windows-1252. Never fails.
 *
 * @param byDefault  the source's own, as an IANA name
 */
export const decode = (bytes: Buffer, byDefault: string): Decoded =>
  decodeDeclared(bytes, declaredIn, byDefault)

/**
 * The same, where something else than MSH-18 declares the character set; asked for only if the
 * bytes do not tell.
 */
export const decodeDeclared = (
  bytes: Buffer,
  declaredBy: (bytes: Buffer) => string,
  byDefault: string,
): Decoded => {
  const wide = utf16Order(bytes)
  if (wide !== null)
    return { text: withoutMark(new TextDecoder(wide).decode(bytes)), characterSet: wide }
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), characterSet: 'utf-8' }
  if (isUtf8(bytes)) return { text: withoutMark(bytes.toString('utf8')), characterSet: 'utf-8' }
  const characterSet =
    singleByte(bytes, characterSetOf(declaredBy(bytes))) ?? singleByte(bytes, byDefault) ?? fallback
  return { text: new TextDecoder(characterSet).decode(bytes), characterSet }
}

/** MSH-18, first repetition, read before the message can be: every single-byte set agrees on it. */
const declaredIn = (bytes: Buffer): string => {
  const [line = ''] = bytes
    .toString('latin1', 0, 2_000)
    .trimStart()
    .split(/[\r\n]/, 1)
  return line.split(line[3] ?? '|')[17]?.split(line[5] ?? '~')[0] ?? ''
}

/** Bytes within a message, e.g. of an escape, in its character set. */
export const decodeBytes = (bytes: Buffer, characterSet: string): string => {
  if (characterSet === 'utf-8')
    return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder(fallback).decode(bytes)
  return new TextDecoder(characterSet).decode(bytes)
}

/**
 * ISO 8859-1 has no letters from 0x80 to 0x9F: text that uses them is Windows-1252, whatever it
 * says.
 */
const singleByte = (bytes: Buffer, characterSet: string | null): string | null => {
  if (characterSet === fallback) return fallback
  if (characterSet === null || !/^iso-8859-([2-9]|1[013-6])$/.test(characterSet))
    return characterSet === 'iso-8859-1' && !bytes.some((byte) => byte >= 0x80 && byte <= 0x9f)
      ? characterSet
      : null
  return characterSet
}

const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/** UTF-16 by its mark, or by the zero beside the M of MSH or the < of XML. */
const utf16Order = (bytes: Buffer): 'utf-16le' | 'utf-16be' | null => {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || ((first === 0x4d || first === 0x3c) && second === 0))
    return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && (second === 0x4d || second === 0x3c)))
    return 'utf-16be'
  return null
}
