import { optionalTime } from '../datatypes/time-field.ts'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, repetitions, text, wholeText } from '@tideway/hl7v2/lexer/fields'
import { type Timing, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCodes } from '../datatypes/ce.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { neededOnly, repeatsOf } from '../datatypes/rpt.ts'
import { readQuantity } from '../datatypes/cq.ts'

/** A priority is its code and its text. */
const codeAndText: PartsRead = [1, 1]

/**
 * Timings, one per TQ1, in order; TQ1-12 is the conjunction with the next. TQ2, which relates
 * orders to each other, is not read.
 *
 * @see HL7 v2.5.1 chapter 4.5.4
 */
export const readTq1 = (segments: readonly Segment[], context: Context): Timing[] =>
  segments.map((tq1) => timingOf(tq1, context))

const timingOf = (tq1: Segment, context: Context): Timing => {
  const repeats = repeatsOf(tq1, 3)
  const priorities = readCodes(tq1, 9)
  for (const priority of repetitions(tq1, 9))
    leaveUnread(tq1, 9, componentsOf(tq1.message, priority), codeAndText)
  const joined = (parts: readonly (string | null)[]) =>
    parts.filter((one) => one !== null).join(' ') || null
  return {
    ...unsaid.Timing(),
    ...repeats,
    text: wholeText(tq1, 11),
    times: readTexts(tq1, 4),
    interval: readQuantity(tq1, 5),
    duration: readQuantity(tq1, 6),
    quantity: readQuantity(tq1, 2),
    startAt: optionalTime(tq1, 7, context),
    endAt: optionalTime(tq1, 8, context),
    occurrences: text(tq1, 14),
    priority: joined(priorities.map(({ code, text: words }) => code ?? words)),
    priorityText: joined(priorities.map(({ code, text: words }) => (code === null ? null : words))),
    asNeeded: priorities.some(({ code }) => neededOnly(code, []) === true)
      ? true
      : neededOnly(null, repeats.patterns),
    condition: wholeText(tq1, 10),
    conjunction: text(tq1, 12),
    occurrenceDuration: readQuantity(tq1, 13),
  }
}
