import { delimitersOf, usualDelimiters, usualEncodingCharacters } from '../lexer/delimiters.ts'
import type { SenderConventions } from '../lexer/sender-conventions.ts'
import { markUnusable } from '../lexer/fields.ts'
import { type Decoded, decodeDeclared } from '../lexer/character-set.ts'
import { assemble, type Hl7Message, notASegment, type Segment } from '../lexer/message.ts'
import { type Hl7Element, NotReadable, readElements } from './elements.ts'
import { fieldsOf, textIn } from './fields-of.ts'

/** Maximum header length, bytes. */
const headerBytes = 65_536

/** The document; see `decodeDeclared`. */
export const decodeXml = (bytes: Buffer, byDefault: string): Decoded =>
  decodeDeclared(bytes, declaredIn, byDefault)

/** `encoding` of the XML declaration; empty if there is none. */
const declaredIn = (bytes: Buffer): string =>
  /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    bytes.toString('latin1', 0, 200),
  )?.[1] ?? ''

/**
 * Parses a message in the XML encoding into segments and fields, as if it had been sent with
 * delimiters. Its namespace is `urn:hl7-org:v2xml` or none.
 *
 * Elements are identified by the number in their name (`CX.4`, `HD.1`), whatever the data type.
 * Content outside segments, fields, components and subcomponents is listed as unused.
 *
 * @param byDefault  IANA name of the character set if neither the bytes nor the XML declaration
 *   decide
 * @returns null if the bytes are not XML, not HL7 v2, or several messages in one document
 *   (`isXmlBatch`)
 * @see HL7 Version 2: XML Encoding Syntax, release 2
 */
export const readXml = (
  bytes: Buffer,
  byDefault: string,
  conventions?: SenderConventions,
): Hl7Message | null => read(decodeXml(bytes, byDefault), false, conventions)

/** Like `readXml`, up to the end of MSH; null if that is missing. */
export const readXmlHeader = (bytes: Buffer, byDefault: string): Hl7Message | null =>
  read(decodeXml(beginning(bytes), byDefault), true)

/** The bytes up to the end of MSH, else to the end of an element, so that no character is split. */
const beginning = (bytes: Buffer): Buffer => {
  const end = bytes.indexOf('</MSH>')
  if (end !== -1 && end < headerBytes) return bytes.subarray(0, end + 6)
  if (bytes.length <= headerBytes) return bytes
  const last = bytes.lastIndexOf('>', headerBytes)
  const isWide = bytes[last + 1] === 0 || bytes[last - 1] === 0
  return bytes.subarray(0, isWide ? headerBytes : last + 1)
}

const read = (
  { text, characterSet }: Decoded,
  headerOnly: boolean,
  conventions?: SenderConventions,
): Hl7Message | null => {
  const document = text.trimStart()
  const rows: string[][] = []
  const lost: [row: number, field: number][] = []
  const spend = budget(document.length)
  let delimiters = usualDelimiters

  const stray = (found: string) => {
    if (found.trim() !== '') rows.push([notASegment, found])
  }
  const segment = (element: Hl7Element) => {
    const isFirst = !rows.some(([name]) => name !== notASegment)
    if (isFirst && element.name !== 'MSH') throw new NotReadable('a segment before MSH')
    if (!isFirst && element.name === 'MSH') throw new NotReadable('a second message')
    if (isFirst) delimiters = delimitersIn(element) ?? usualDelimiters
    const found = fieldsOf(element, delimiters, spend)
    if (element.name === 'MSH') separatorsAsSent(found.fields, element)
    lost.push(...found.lost.map((field): [number, number] => [rows.length, field]))
    rows.push(found.fields)
    stray(found.stray)
  }
  const hasHeader = () => rows.some(([name]) => name === 'MSH')

  try {
    readElements(document, {
      element: (element, isSegment) => (isSegment ? segment(element) : stray(textIn(element))),
      text: stray,
      isDone: () => headerOnly && hasHeader(),
    })
  } catch {
    return null
  }
  if (!hasHeader()) return null
  const message = assemble(rows, delimiters, characterSet, true, conventions)
  for (const [row, field] of lost) markUnusable(message.segments[row] as Segment, field)
  return message
}

/**
 * Limits the fields and components that element names can create to the number delimiters could
 * encode in the same length.
 */
const budget = (characters: number) => {
  let left = characters + 10_000
  return (places: number) => {
    left -= places
    if (left < 0) throw new NotReadable('more positions than text')
  }
}

const textOf = (msh: Hl7Element, name: string): string => {
  const element = msh.content.find((child) => typeof child !== 'string' && child.name === name)
  return element === undefined ? '' : textIn(element as Hl7Element).trim()
}

const delimitersIn = (msh: Hl7Element) => delimitersOf(textOf(msh, 'MSH.1'), textOf(msh, 'MSH.2'))

/** MSH-1 and MSH-2 are the delimiters themselves, unescaped. */
const separatorsAsSent = (fields: string[], msh: Hl7Element): void => {
  const own = delimitersIn(msh) !== null
  fields[1] = own ? textOf(msh, 'MSH.1') : usualDelimiters.field
  fields[2] = own ? textOf(msh, 'MSH.2') : usualEncodingCharacters
}
