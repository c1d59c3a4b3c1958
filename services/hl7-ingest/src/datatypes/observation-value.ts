import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, decoded, firstPart, raw } from '@tideway/hl7v2/lexer/fields'
import type { Coded, Numeric } from '@tideway/schemas/events.generated'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { codedIn, codedOf } from './ce.ts'
import { numericOf, numericRangeOf, structuredNumericOf } from './nm.ts'
import { isRtf } from '@tideway/hl7v2/datatypes/rtf'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/** OBX-5 as readable text, and in computable form if it is a code or a number. */
export type ObservationValue = {
  value: string | null
  coded: Coded | null
  /** Codes of the repetitions after the first. */
  furtherCodes: Coded[]
  numeric: Numeric | null
}

type Reader = (message: Hl7Message, repetition: string, timeZone: string) => string | null

const asSent: Reader = (message, repetition) => decoded(message, repetition)

const part = (message: Hl7Message, components: readonly string[], n: number) =>
  firstPart(message, components[n])

/** Components that have a value, in order, with a separator between. */
const joined =
  (separator: string, only?: readonly number[]): Reader =>
  (message, repetition) => {
    const components = componentsOf(message, repetition)
    const parts = (only ?? components.keys().toArray())
      .map((n) => part(message, components, n))
      .filter((one) => one !== null)
    return parts.length === 0 ? null : parts.join(separator)
  }

/** `text (code)`, so that nothing is lost if several codes share one value. */
const codeText = (message: Hl7Message, repetition: string, alone: boolean): string | null => {
  const coded = codedOf(message, componentsOf(message, repetition))
  const text = coded?.text ?? coded?.alternateText ?? null
  const code = coded?.code ?? coded?.alternateCode ?? null
  if (text === null || code === null || alone) return text ?? code
  return `${text} (${code})`
}

const withIdentifier = (text: string | null, identifier: string | null) =>
  text === null || identifier === null ? (text ?? identifier) : `${text} (${identifier})`

/** Prefix, given names, family name, suffix, starting at a component. */
const nameFrom =
  (first: number): Reader =>
  (message, repetition) => {
    const components = componentsOf(message, repetition)
    const order = [4, 1, 2, 0, 3]
      .map((n) => part(message, components, first + n))
      .filter((one) => one !== null)
    return order.length === 0 ? null : order.join(' ')
  }

/**
 * Value by value type (OBX-2). Types not listed are text as sent, including component separators.
 *
 * | OBX-2 | value |
 * |---|---|
 * | ST, TX, FT, NM, SI, ID, IS, TM and any other | as sent, escapes decoded |
 * | DT, TS, DTM | ISO 8601 at the precision sent; as sent if it is not a timestamp |
 * | SN | comparator, first number, separator, second number: `>10`, `1:128`, `2-4` |
 * | CE, CWE, CNE, CF | the text, else the code, which is in `coded`; several: `text (code)` each |
 * | CX, EI, HD | the identifier and its authority: `123 (RXX)` |
 * | XPN, PN | prefix, given names, family name, suffix |
 * | XCN, CN | the same, and the identifier in brackets |
 * | XON | the name, and the identifier in brackets |
 * | XAD, AD, PL | the parts separated by commas |
 * | XTN, TN | the number or address |
 * | CQ, MO | quantity and unit, or currency |
 * | NR, DR | from, `to`, to |
 * | NA, MA | the numbers separated by spaces |
 * | ED, RP | none: see `attachment.ts` |
 */
const readers = new Map<string, Reader>([
  [
    'DT',
    (message, repetition, timeZone) =>
      isoOf(componentsOf(message, repetition)[0] ?? '', timeZone) ??
      asSent(message, repetition, timeZone),
  ],
  ['SN', joined('')],
  ['CX', (message, repetition) => identifierText(message, repetition, 3)],
  ['EI', (message, repetition) => identifierText(message, repetition, 1)],
  ['XPN', nameFrom(0)],
  [
    'XCN',
    (message, repetition, timeZone) =>
      withIdentifier(
        nameFrom(1)(message, repetition, timeZone),
        part(message, componentsOf(message, repetition), 0),
      ),
  ],
  ['XON', (message, repetition) => organisationText(message, repetition)],
  ['XAD', joined(', ')],
  [
    'XTN',
    (message, repetition) =>
      joined('')(message, repetition.split(message.delimiters.component || '\0')[0] ?? '', '') ??
      joined(' ', [3, 4, 5, 6, 7])(message, repetition, ''),
  ],
  ['CQ', joined(' ')],
  ['NR', joined(' to ', [0, 1])],
  ['NA', joined(' ')],
])
const sameAs: [string, string][] = [
  ['TS', 'DT'],
  ['DTM', 'DT'],
  ['HD', 'EI'],
  ['PN', 'XPN'],
  ['CN', 'XCN'],
  ['AD', 'XAD'],
  ['PL', 'XAD'],
  ['TN', 'XTN'],
  ['MO', 'CQ'],
  ['DR', 'NR'],
  ['MA', 'NA'],
]
for (const [type, other] of sameAs) readers.set(type, readers.get(other) as Reader)
const codedTypes = new Set(['CE', 'CWE', 'CNE', 'CF'])

const identifierText = (message: Hl7Message, repetition: string, authority: number) => {
  const components = componentsOf(message, repetition)
  return withIdentifier(part(message, components, 0), part(message, components, authority))
}

const organisationText = (message: Hl7Message, repetition: string) => {
  const components = componentsOf(message, repetition)
  return withIdentifier(
    part(message, components, 0),
    part(message, components, 2) ?? part(message, components, 9),
  )
}

/**
 * Numeric value by value type; ST is often sent for numbers, and counts as one if it has a unit or
 * a range.
 */
const numbers = new Map<string, (message: Hl7Message, repetition: string) => Numeric | null>([
  ['NM', (message, repetition) => numericOf(decoded(message, repetition))],
  ['ST', (message, repetition) => numericOf(decoded(message, repetition))],
  ['CQ', (message, repetition) => numericOf(part(message, componentsOf(message, repetition), 0))],
  ['SN', structuredNumericOf],
  ['NR', numericRangeOf],
])

/** Components read of structured types; other types are read completely. */
const partsRead: Record<string, PartsRead> = {
  SN: [1, 1, 1, 1],
  NR: [1, 1],
  DR: [1, 1],
  CX: [1, 0, 0, 1],
  EI: [1, 1],
  HD: [1, 1],
  XPN: [1, 1, 1, 1, 1],
  PN: [1, 1, 1, 1, 1],
  XCN: [1, 1, 1, 1, 1, 1],
  CN: [1, 1, 1, 1, 1, 1],
  CQ: [1, 6],
  MO: [1, 1],
}

/**
 * OBX-5 as one text, one line per repetition, with a blank line for an empty one between others;
 * null if empty.
 */
export const readObservationValue = (
  obx: Segment,
  valueType: string | null,
  timeZone: string,
): ObservationValue => {
  const { message } = obx
  const sent = raw(obx, 5)
  if (sent === '' || sent === '""')
    return { value: null, coded: null, furtherCodes: none, numeric: null }
  const { repetition } = message.delimiters
  const all = repetition === '' || isRtf(sent) ? [sent] : sent.split(repetition)
  const type = valueType ?? ''
  const isCoded = codedTypes.has(type)
  const read = isCoded
    ? (one: string) => codeText(message, one, all.length === 1)
    : (one: string) => (readers.get(type) ?? asSent)(message, one, timeZone)
  const value = all.length === 1 ? read(sent) : all.map((one) => read(one) ?? '').join('\n')
  if (!isCoded) leaveParts(obx, type, all)
  return {
    value: value === '' ? null : value,
    coded: isCoded ? codedIn(obx, 5, all[0] as string) : null,
    furtherCodes: isCoded && all.length > 1 ? codesIn(obx, all.slice(1)) : none,
    numeric: all.length === 1 ? (numbers.get(type)?.(message, sent) ?? null) : null,
  }
}

const none: Coded[] = []

const codesIn = (obx: Segment, repetitions: readonly string[]): Coded[] =>
  repetitions.map((one) => codedIn(obx, 5, one)).filter((one) => one !== null)

const leaveParts = (obx: Segment, type: string, all: readonly string[]): void => {
  const read = partsRead[type]
  if (read === undefined) return
  for (const one of all) leaveUnread(obx, 5, componentsOf(obx.message, one), read)
}
