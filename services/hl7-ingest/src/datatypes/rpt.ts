import { leavePart, leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, decoded, firstPart, repetitions } from '@tideway/hl7v2/lexer/fields'
import { type Coded, type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { repeatPatternOf } from '@tideway/record/summary/medicines/repeat-pattern'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart } from './ce.ts'
import { quantityOfParts } from './quantity.ts'

/** Fields of a timing that come from repeat patterns. */
export type Repeats = Pick<Timing, 'patterns' | 'frequency' | 'period' | 'event' | 'eventOffset'>

/** Frequency, if the standard defines the pattern; several patterns have no single frequency. */
export const oftenOf = (patterns: readonly Coded[]): Pick<Repeats, 'frequency' | 'period'> => {
  const times =
    patterns.length === 1 ? (repeatPatternOf(patterns[0]?.code ?? '')?.times ?? null) : null
  if (times === null) return { frequency: null, period: null }
  return {
    frequency: times.frequency,
    period: { ...unsaid.Quantity(), value: times.period, ucum: times.ucum },
  }
}

/** A period sent with a pattern that does not imply one. */
const periodOf = (message: Hl7Message, components: readonly string[]): Quantity | null =>
  quantityOfParts(message, components[4], components[5])

/** RPT-1 to 10; 2 to 4 are calendar alignment, 7 is institution-specified time. */
const read: PartsRead = [6, 0, 0, 0, 1, 6, 0, 1, 1, 6]

/**
 * Repeat patterns of TQ1-3: the code as sent (RPT-1), its frequency if table 0335 defines it, the
 * period (RPT-5, RPT-6), and the event it relates to (RPT-8) with its offset (RPT-9, RPT-10). Of
 * several periods or events the first is read, and all are listed as unused.
 *
 * @see HL7 v2.5.1 chapter 2A, data type RPT
 */
export const repeatsOf = (segment: Segment, field: number): Repeats => {
  const { message } = segment
  const all = repetitions(segment, field).map((one) => componentsOf(message, one))
  for (const components of all) leaveUnread(segment, field, components, read)
  for (const parts of [[5, 6], [8], [9, 10]]) {
    const those = all.filter((components) => parts.some((part) => components[part - 1]))
    if (those.length > 1) for (const part of parts) leavePart(segment, `${field}.${part}`)
  }
  const patterns = all
    .map((components) => codedInPart(message, components[0]))
    .filter((one) => one !== null)
  const often = oftenOf(patterns)
  const sent =
    all.map((components) => periodOf(message, components)).find((one) => one !== null) ?? null
  return {
    patterns,
    frequency: sent === null ? often.frequency : null,
    period: sent ?? often.period,
    event:
      all.map((components) => firstPart(message, components[7])).find((one) => one !== null) ??
      null,
    eventOffset:
      all
        .map((components) => quantityOfParts(message, components[8], components[9]))
        .find((one) => one !== null) ?? null,
  }
}

/** A pattern of TQ-2, before 2.5: only a code. HL7 v2.3.1 chapter 4.4.2. */
export const intervalsOf = (
  message: Hl7Message,
  part: string | undefined,
): Pick<Repeats, 'patterns' | 'frequency' | 'period'> => {
  const code = decoded(message, part)
  const patterns = code === null ? [] : [{ ...unsaid.Coded(), code }]
  return { patterns, ...oftenOf(patterns) }
}

/** Whether priority or pattern is PRN or starts with it (`PRNxxx`, table 0335); null if not. */
export const neededOnly = (priority: string | null, patterns: readonly Coded[]): boolean | null =>
  [priority, ...patterns.map(({ code }) => code)].some((one) => one !== null && /^PRN/i.test(one))
    ? true
    : null
