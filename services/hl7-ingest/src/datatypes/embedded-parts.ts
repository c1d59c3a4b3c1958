import { componentsOf, raw } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { sniffMediaType } from '@tideway/ingest/sniff-media-type'
import { bytesOf, type EmbeddedData, embeddedDataIn } from './embedded-data.ts'

/** The data of a document with that of the OBX that continue it. */
export const withFurther = (first: EmbeddedData, further: readonly Segment[]): EmbeddedData => {
  if (further.length === 0) return first
  const parts = [first, ...further.map(embeddedDataIn)].map((one) => one?.data ?? '')
  if (first.encoding === 'A') return { ...first, data: parts.join('') }
  return { ...first, data: withoutInnerPadding(parts) }
}

/**
 * Base64 of parts that were encoded one by one has padding inside, which ends it; each such part is
 * decoded for itself. A part may also end anywhere in a group of four.
 */
const withoutInnerPadding = (parts: readonly string[]): string => {
  if (!parts.slice(0, -1).some((part) => part.trimEnd().endsWith('='))) return parts.join('')
  const pieces: Buffer[] = []
  let open = ''
  for (const part of parts) {
    open += part.replaceAll(/\s/g, '')
    if (!open.endsWith('=')) continue
    pieces.push(Buffer.from(open, 'base64'))
    open = ''
  }
  return Buffer.concat([...pieces, Buffer.from(open, 'base64')]).toString('base64')
}

/** Fields that the parts of one document have in common: type, code, status and time. */
const common = [2, 3, 11, 14]

const numberOf = (obx: Segment): number | null => {
  const number = /^\d{1,6}$/.exec(raw(obx, 4).trim())
  return number === null ? null : Number(number[0])
}

/** ED-1 to ED-4. */
const described = (obx: Segment) =>
  componentsOf(obx.message, raw(obx, 5)).slice(0, -1).slice(0, 4).join('\n')

/**
 * The OBX after one with embedded data that continue its data: the same code, running numbers in
 * OBX-4, and data that is no file of its own after data that begins one. Two whole documents are
 * never joined, whatever their numbers.
 *
 * @param next  the OBX after a number of others; undefined at the end, and after a note
 */
export const continuationsOf = (
  obx: Segment,
  next: (after: number) => Segment | undefined,
): Segment[] => {
  const parts: Segment[] = []
  let before = obx
  let end: End | null = null
  for (let part = next(0); part !== undefined; part = next(parts.length)) {
    if (raw(part, 2).toUpperCase() !== 'ED' || !isNextPart(before, part)) break
    if (end === null && !beginsFile(obx)) break
    end = endAfter(end, before)
    if (isComplete(end) || beginsFile(part)) break
    parts.push(part)
    before = part
  }
  return parts
}

const isNextPart = (before: Segment, obx: Segment): boolean => {
  if (common.some((field) => raw(before, field) !== raw(obx, field))) return false
  const [last, number] = [numberOf(before), numberOf(obx)]
  if (last === null || number !== last + 1) return false
  return ['', described(before)].includes(described(obx))
}

/** Characters: enough for the first bytes of any file, and whole groups of either encoding. */
const headLength = 8_192
const encoded = /^[A-Za-z0-9+/=\s]*$/

/** Whether its data, taken alone, begins a file. */
const beginsFile = (obx: Segment): boolean => {
  const found = embeddedDataIn(obx)
  if (found === null) return false
  const head = found.data.slice(0, headLength)
  const packed = head.replaceAll(/\s/g, '')
  const data = encoded.test(head) ? packed.slice(0, packed.length - (packed.length % 4)) : head
  const bytes = bytesOf({ ...found, data })
  return bytes !== null && sniffMediaType(bytes) !== null
}

/** The last characters so far, from the start of a group of four, and the number of all. */
type End = { tail: string; length: number }
const tailLength = 64

const endAfter = (end: End | null, obx: Segment): End => {
  const data = (embeddedDataIn(obx)?.data ?? '').replaceAll(/\s/g, '')
  const length = (end?.length ?? 0) + data.length
  const from = Math.max(0, length - tailLength)
  const tail = ((end?.tail ?? '') + data).slice(-(length - (from - (from % 4))))
  return { tail, length }
}

/** A PDF ends with a mark of its own. */
const isComplete = ({ tail }: End): boolean =>
  tail.endsWith('%%EOF') || /%%EOF\s*$/.test(Buffer.from(tail, 'base64').toString('latin1'))
