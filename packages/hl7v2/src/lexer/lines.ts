import { isKnownSegment } from './segment-names.ts'
import { structuralFields } from './structural-fields.ts'

/** `rejoined`: lines that belonged to the field before them. */
export type Lines = { lines: string[]; rejoined: number }

/**
 * Segments of a message as sent, and lines that are none. Lines end with CR, LF or CRLF; blank
 * lines between segments are skipped.
 *
 * A line that does not begin with a segment name and a separator is the rest of the field before
 * it, in which its sender left a line break; it is joined to it with LF. It stays a line of its own
 * if that field is complete: part of MSH, a set id, a time, or a code such as the status in OBX-11.
 *
 * @param field  separator of fields
 */
export const linesOf = (text: string, field: string): Lines => {
  const sent = (text.includes('\n') ? text.replaceAll(/\r?\n/g, '\r') : text).split('\r')
  const lines: string[] = []
  let rejoined = 0
  let blank = ''
  let end: End | null = null
  for (let at = 0; at < sent.length; at++) {
    const line = sent[at] as string
    if (isBlankLine(line)) {
      blank += `\n${line}`
      continue
    }
    if (beginsSegment(line, field) || (end === null && isBareSegment(sent, at, field))) {
      lines.push(line)
      end = null
    } else {
      end ??= endOf(lines.at(-1), field)
      if (isComplete(end) || isInLowerCase(line, field)) {
        lines.push(line)
        end = { name: '', field: 0, text: line }
      } else {
        lines[lines.length - 1] += `${blank}\n${line}`
        end = after(end, line, field)
        rejoined++
      }
    }
    blank = ''
  }
  return { lines, rejoined }
}

const isBlankLine = (line: string) => !(line.charCodeAt(0) > 32) && line.trim() === ''

const beginsSegment = (line: string, field: string) =>
  line[3] === field && isSegmentName(line.slice(0, 3))

/**
 * A name alone is an empty segment if a standard names it so and the next line begins a segment;
 * else it is a word in capitals.
 */
const isBareSegment = (sent: readonly string[], at: number, field: string): boolean => {
  const name = (sent[at] as string).trimEnd()
  if (!isSegmentName(name) || !isKnownSegment(name)) return false
  const next = sent[at + 1]
  return (
    next === undefined ||
    isBlankLine(next) ||
    beginsSegment(next, field) ||
    isSegmentName(next.trimEnd())
  )
}

/** `pid|1|`: a segment that its sender named in lower case is not text of the one before. */
const isInLowerCase = (line: string, field: string): boolean => {
  const name = line.slice(0, 3)
  return line[3] === field && name === name.toLowerCase() && isKnownSegment(name.toUpperCase())
}

/** Where the text so far ends: segment (empty: not a segment), field, and text since its start. */
type End = { name: string; field: number; text: string }

const endOf = (line: string | undefined, field: string): End => {
  const { length, last } = lastOf(line ?? '', field)
  const name = line?.slice(0, 3) ?? ''
  return { name, field: name === 'MSH' ? length : length - 1, text: last }
}

const after = (end: End, line: string, field: string): End => {
  const { length, last } = lastOf(line, field)
  return length === 1
    ? { ...end, text: `${end.text}\n` }
    : { ...end, field: end.field + length - 1, text: last }
}

const lastOf = (line: string, field: string) => {
  const fields = line.split(field)
  return { length: fields.length, last: fields.at(-1) as string }
}

/** A time, or a code of one or two letters. */
const code = /^(?:\d{8,}(?:\.\d*)?(?:[+-]\d{4})?|[A-Z]{1,2})$/

/** Fields that are text whatever they hold. */
const isText = ({ name, field }: End) =>
  (name === 'OBX' && field === 5) || (name === 'NTE' && field === 3) || name === 'ADD'

const isComplete = (end: End): boolean => {
  if (end.name === '' || isText(end)) return false
  if (end.field <= structuralFields(end.name)) return true
  return code.test(end.text) || (end.name === 'OBX' && end.field > 5 && end.text === '')
}

/** Whether the fields of a line are a segment: a name alone only if a standard has it. */
export const isSegment = (fields: readonly string[]): boolean => {
  const name = (fields[0] ?? '').trimEnd()
  return isSegmentName(name) && (fields.length > 1 || isKnownSegment(name))
}

/** A capital letter, then two capitals or digits. */
export const isSegmentName = (name: string) =>
  name.length === 3 &&
  isCapital(name.charCodeAt(0)) &&
  isCapitalOrDigit(name.charCodeAt(1)) &&
  isCapitalOrDigit(name.charCodeAt(2))
const isCapital = (code: number) => code >= 65 && code <= 90
const isCapitalOrDigit = (code: number) => isCapital(code) || (code >= 48 && code <= 57)
