import type { Delimiters } from '../lexer/delimiters.ts'
import type { Hl7Element } from './elements.ts'
import { escapeText, withoutLayout } from './field-text.ts'

/** A segment as encoded with delimiters. */
export type SegmentFields = {
  /** `fields[0]` is the name; separators in texts are escaped. */
  fields: string[]
  /** Fields with content that delimiters cannot encode, and that is therefore not in `fields`. */
  lost: number[]
  /** Text in the segment outside any field. */
  stray: string
}

/** Highest numbers accepted. The standard has no field above 100 and no component above 30. */
const most = { field: 999, part: 255 }
/** Content of an escape sequence. HL7 v2.5.1 chapter 2.7. */
const sequence = /^[A-Za-z0-9.+ -]{1,200}$/

/** Number in a name: `CX.4` is 4, whatever the data type; null if it has none. */
const numberIn = (element: Hl7Element, highest: number): number | null => {
  const digits = element.isOwn ? /^.+\.([1-9]\d{0,2})$/.exec(element.name)?.[1] : undefined
  return digits === undefined || Number(digits) > highest ? null : Number(digits)
}

/**
 * @param spend  called with the number of positions that an element adds; throws when the document
 *   has too many
 */
export const fieldsOf = (
  segment: Hl7Element,
  delimiters: Delimiters,
  spend: (places: number) => void,
): SegmentFields => {
  const repeated: (string[] | undefined)[] = []
  const lost = new Set<number>()
  let stray = ''
  for (const child of segment.content) {
    const number =
      typeof child === 'string' || !child.name.startsWith(`${segment.name}.`)
        ? null
        : numberIn(child, most.field)
    if (typeof child === 'string' || number === null) {
      stray += typeof child === 'string' ? child : textIn(child)
      continue
    }
    spend(Math.max(1, number - repeated.length))
    const value = pipesOf(child, [delimiters.component, delimiters.subcomponent], {
      delimiters,
      spend,
      lose: () => lost.add(number),
    })
    const before = repeated[number]
    if (before === undefined) repeated[number] = [value]
    else before.push(value)
  }
  const fields = Array.from(repeated, (values) => values?.join(delimiters.repetition) ?? '')
  fields[0] = segment.name
  return { fields, lost: [...lost], stray: stray.trim() }
}

type Reading = { delimiters: Delimiters; spend: (places: number) => void; lose: () => void }

/**
 * @param separators  of the parts of this element, then of their parts; with none left, a first
 *   part (`TS.1`) is the value itself
 */
const pipesOf = (element: Hl7Element, separators: readonly string[], reading: Reading): string => {
  const parts: string[] = []
  let text = ''
  for (const child of element.content) {
    if (typeof child === 'string') text += escapeText(child, reading.delimiters)
    else if (isEscape(child))
      text += reading.delimiters.escape + child.v + reading.delimiters.escape
    else text += pipesOfChild(child, parts, separators, reading)
  }
  const own = withoutLayout(text)
  if (parts.length === 0) return own
  if (own.trim() !== '') {
    if (parts[0]) reading.lose()
    else parts[0] = own
  }
  return parts.join(separators[0])
}

/** Puts a part in its position. @returns text that belongs to the parent element */
const pipesOfChild = (
  child: Hl7Element,
  parts: string[],
  separators: readonly string[],
  reading: Reading,
): string => {
  const number = numberIn(child, most.part)
  const value = pipesOf(child, number === null ? [] : separators.slice(1), reading)
  if (number === null || separators.length === 0) {
    if (number !== 1 && value !== '') reading.lose()
    return number === null || number === 1 ? value : ''
  }
  reading.spend(Math.max(1, number - parts.length))
  if (parts[number - 1]) {
    if (value !== '') reading.lose()
  } else parts[number - 1] = value
  return ''
}

const isEscape = ({ name, isOwn, v }: Hl7Element): boolean =>
  isOwn && name === 'escape' && sequence.test(v)

/** All text of an element, in order. */
export const textIn = ({ content }: Hl7Element): string =>
  content.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
