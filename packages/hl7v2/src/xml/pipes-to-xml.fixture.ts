import { readMessage } from '../lexer/header.ts'
import { type Hl7Message, notASegment, type Segment } from '../lexer/message.ts'

/**
 * Text and escape sequences of a value: `A\F\B\.br\C` is `A|B<escape V=".br"/>C`. Sequences that do
 * not encode a separator stay sequences.
 */
const writeText = (text: string, { delimiters }: Hl7Message): string => {
  const { field, component, repetition, escape: mark, subcomponent } = delimiters
  const meanings: Record<string, string> = {
    F: field,
    S: component,
    R: repetition,
    E: mark,
    T: subcomponent,
  }
  const xml = (plain: string) =>
    plain
      .replaceAll(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)
      .replaceAll('\r', '&#13;')
      .replaceAll('\n', '<escape V=".br"/>')
  if (mark === '') return xml(text)
  let out = ''
  let rest = text
  for (let start = rest.indexOf(mark); start !== -1; start = rest.indexOf(mark)) {
    const end = rest.indexOf(mark, start + 1)
    const sequence = end === -1 ? null : rest.slice(start + 1, end)
    out += xml(rest.slice(0, start))
    if (sequence !== null && Object.hasOwn(meanings, sequence))
      out += xml(meanings[sequence] as string)
    else if (
      sequence !== null &&
      /^(?:P|H|N|X(?:[0-9A-Fa-f]{2})+|C[0-9A-F]{4}|M[0-9A-F]{4}(?:[0-9A-F]{2})?|\.(?:br|ce|sp|sk|in|ti|fi|nf) ?[+-]?\d{0,4})$/i.test(
        sequence,
      )
    )
      out += `<escape V="${sequence}"/>`
    else {
      out += xml(mark)
      rest = rest.slice(start + 1)
      continue
    }
    rest = rest.slice((end as number) + 1)
  }
  return out + xml(rest)
}

const split = (text: string, separator: string): string[] =>
  separator === '' ? [text] : text.split(separator)

/** Parts as elements named by their number; a text without parts is in the field itself. */
const writeParts = (
  text: string,
  separators: readonly string[],
  type: string,
  message: Hl7Message,
): string => {
  const [separator = '', ...deeper] = separators
  const parts = split(text, separator)
  if (parts.length === 1 && deeper.length === 0) return writeText(text, message)
  if (parts.length === 1 && split(text, deeper[0] ?? '').length === 1)
    return writeText(text, message)
  return parts
    .map(
      (part, index) =>
        `<${type}.${index + 1}>${writeParts(part, deeper, 'HD', message)}</${type}.${index + 1}>`,
    )
    .join('')
}

const writeField = (segment: Segment, number: number): string => {
  const { name, fields, message } = segment
  const field = fields[number] ?? ''
  const element = `${name}.${number}`
  if (field === '') return ''
  if (name === 'MSH' && number <= 2)
    return `<${element}>${field.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${element}>`
  const { component, repetition, subcomponent } = message.delimiters
  return split(field, repetition)
    .map(
      (one) =>
        `<${element}>${writeParts(one, [component, subcomponent], 'CX', message)}</${element}>`,
    )
    .join('')
}

/**
 * A message with delimiters in the XML encoding, every second segment in its own group; null if XML
 * cannot encode it.
 */
export const pipesToXml = (bytes: Buffer): Buffer | null => {
  const message = readMessage(bytes, 'windows-1252')
  if (message === null || message.segments.some(({ name }) => name === notASegment)) return null
  const segments = message.segments.map((segment, index) => {
    const written = `<${segment.name}>${segment.fields.map((_, number) => (number === 0 ? '' : writeField(segment, number))).join('')}</${segment.name}>`
    return index % 2 === 1
      ? `\n  <ANY_S01.GROUP>\n    ${written}\n  </ANY_S01.GROUP>`
      : `\n  ${written}`
  })
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<ANY_S01 xmlns="urn:hl7-org:v2xml">${segments.join('')}\n</ANY_S01>\n`
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) ? null : Buffer.from(xml)
}
