import {
  leavePart,
  leaveUnread,
  type PartsRead,
  readNothing,
} from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  firstPart,
  markUnusable,
  repetitions,
  subcomponentsOf,
} from '@tideway/hl7v2/lexer/fields'
import { type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { type Context, zoneOf } from '../normalise/mapping.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart } from './ce.ts'
import { intervalsOf, neededOnly } from './rpt.ts'
import { quantityInPart } from './quantity.ts'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/** Units of TQ-3 by its first letter, in words and in UCUM. HL7 v2.3.1 chapter 4.4.3. */
const durations: Readonly<Record<string, readonly [words: string, ucum: string]>> = {
  S: ['seconds', 's'],
  M: ['minutes', 'min'],
  H: ['hours', 'h'],
  D: ['days', 'd'],
  W: ['weeks', 'wk'],
  L: ['months', 'mo'],
}

/**
 * TQ-3: `D7` is seven days. `X3`, three times, is not a duration; anything else is kept as sent
 * (`INDEF`).
 */
const durationOf = (sent: string | null): Quantity | null => {
  if (sent === null || timesIn(sent) !== null) return null
  const [, letter, value] = /^([SMHDWL])(\d+)$/i.exec(sent) ?? []
  const unit = durations[letter?.toUpperCase() ?? '']
  if (letter === undefined || value === undefined || unit === undefined)
    return { ...unsaid.Quantity(), unit: { ...unsaid.Coded(), text: sent } }
  return {
    ...unsaid.Quantity(),
    value,
    unit: { ...unsaid.Coded(), code: letter, text: unit[0] },
    ucum: unit[1],
  }
}

const timesIn = (sent: string): string | null => /^X(\d+)$/i.exec(sent)?.[1] ?? null

/** TQ-1 to 12; 10 relates orders to each other. */
const read: PartsRead = [7, 2, 1, 1, 1, 1, 1, 1, 1, 0, 6, 1]

/**
 * Timings, one per repetition: quantity, interval, duration, start, end, priority, condition, text,
 * conjunction, order sequence, occurrence duration, total occurrences. Before 2.5 in ORC-7, OBR-27,
 * RXE-1 and RXG-3. A start or end that cannot be read is null, and the field is listed as unused.
 *
 * @see HL7 v2.3.1 chapter 4.4, data type TQ
 */
export const readTimings = (segment: Segment, field: number, context: Context): Timing[] =>
  repetitions(segment, field)
    .map((repetition) => timingOf(segment, field, repetition, context))
    .filter((one) => one !== null)

const timingOf = (
  segment: Segment,
  field: number,
  repetition: string,
  context: Context,
): Timing | null => {
  const { message } = segment
  const components = componentsOf(message, repetition)
  const part = (n: number) => firstPart(message, components[n - 1])
  const time = (n: number) => timeOf(segment, field, part(n), context)
  const [interval, times] = subcomponentsOf(message, components[1])
  const { patterns, frequency, period } = intervalsOf(message, interval)
  const priority = part(6)
  const duration = part(3)
  const timing: Timing = {
    ...unsaid.Timing(),
    text: part(8),
    patterns,
    times: timesOf(message, times),
    frequency,
    period,
    duration: durationOf(duration),
    quantity: quantityInPart(message, subcomponentsOf(message, components[0])),
    startAt: time(4),
    endAt: time(5),
    occurrences: part(12) ?? (duration === null ? null : timesIn(duration)),
    priority,
    asNeeded: neededOnly(priority, patterns),
    condition: part(7),
    conjunction: part(9),
    occurrenceDuration: occurrenceOf(message, components[10]),
  }
  const isEmpty = saysNothing(timing)
  leaveUnread(segment, field, components, isEmpty ? readNothing : read)
  if (part(12) !== null && duration !== null && timesIn(duration) !== null)
    leavePart(segment, `${field}.3`)
  return isEmpty ? null : timing
}

const timesOf = (message: Hl7Message, part: string | undefined): string[] => {
  const times = firstPart(message, part)
  return times === null ? [] : times.split(',').filter((time) => time !== '')
}

const occurrenceOf = (message: Hl7Message, component: string | undefined): Quantity | null => {
  const unit = codedInPart(message, component)
  return unit === null ? null : { ...unsaid.Quantity(), unit }
}

const timeOf = (
  segment: Segment,
  field: number,
  sent: string | null,
  context: Context,
): string | null => {
  const iso = sent === null ? null : isoOf(sent, zoneOf(context))
  if (sent !== null && iso === null) markUnusable(segment, field)
  return iso
}

const saysNothing = (timing: Timing): boolean =>
  Object.values(timing).every(
    (value) => value === null || (Array.isArray(value) && value.length === 0),
  )
