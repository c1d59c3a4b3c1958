import { isAscii, isUtf8 } from 'node:buffer'

export type Decoded = {
  text: string
  /** IANA name of the character set the bytes were decoded from, in lower case. */
  characterSet: string
}

/** Names of HL7 table 0211 and common variants, without spaces, in lower case. */
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
 * IANA name of the character set in MSH-18; null if it is empty or unknown. The first repetition is
 * the default of the message.
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
 * Decodes a message. In order of precedence: a byte order mark; strictly valid UTF-8, whatever the
 * declaration; MSH-18; the default of the sender; Windows-1252. Never fails.
 *
 * @param byDefault  default of the sender, as an IANA name
 */
export const decode = (bytes: Buffer, byDefault: string): Decoded =>
  decodeDeclared(bytes, declaredIn, byDefault)

/**
 * Like `decode`, with the declaration from `declared` instead of MSH-18; called only if the bytes
 * alone do not decide.
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

/**
 * MSH-18, first repetition, read before the message is decoded: all single-byte character sets
 * agree on it.
 */
const declaredIn = (bytes: Buffer): string => {
  const [line = ''] = bytes
    .toString('latin1', 0, 2_000)
    .trimStart()
    .split(/[\r\n]/, 1)
  return line.split(line[3] ?? '|')[17]?.split(line[5] ?? '~')[0] ?? ''
}

/** Decodes bytes within a message, e.g. of an escape sequence, in its character set. */
export const decodeBytes = (bytes: Buffer, characterSet: string): string => {
  if (characterSet === 'utf-8')
    return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder(fallback).decode(bytes)
  return new TextDecoder(characterSet).decode(bytes)
}

/**
 * ISO 8859-1 has no letters from 0x80 to 0x9F: text that uses them is Windows-1252, whatever is
 * declared.
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

/** UTF-16 by its byte order mark, or by the zero byte next to the M of MSH or the < of XML. */
const utf16Order = (bytes: Buffer): 'utf-16le' | 'utf-16be' | null => {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || ((first === 0x4d || first === 0x3c) && second === 0))
    return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && (second === 0x4d || second === 0x3c)))
    return 'utf-16be'
  return null
}
