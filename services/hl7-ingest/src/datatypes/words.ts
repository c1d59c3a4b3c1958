import { componentsOf, firstPart, raw, repetitions } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import type { Coded } from '@tideway/schemas/events.generated'
import { codedOf } from './ce.ts'

/** A code as readable text: its text, else the code; with both, the code in brackets. */
const wordsOf = ({ code, text, alternateCode, alternateText }: Coded): string => {
  const [word, sent] = [text ?? alternateText, code ?? alternateCode]
  return word === null ? (sent ?? '') : sent === null || sent === word ? word : `${word} (${sent})`
}

const alternateAlone: PartsRead = [0, 0, 0, 1, 1]

/** The components that the text is made of: the code system, for one, is not among them. */
const wordsRead = (message: Hl7Message, components: readonly string[]): PartsRead => {
  const unless = (...components_: number[]) =>
    components_.some((n) => firstPart(message, components[n - 1]) !== null) ? 0 : 1
  if (unless(1, 2) === 1 && unless(4, 5) === 0) return alternateAlone
  return [1, 1, 0, unless(1), unless(2, 9), 0, 0, 0, unless(2)]
}

/** Lists as unused what the code, the text and the system of a field do not say. */
export const leaveWordless = (segment: Segment, field: number): void => {
  for (const one of repetitions(segment, field).slice(0, 1)) {
    const components = componentsOf(segment.message, one)
    leaveUnread(segment, field, components, wordsRead(segment.message, components).with(2, 1))
  }
}

/**
 * A coded field that senders fill with free text, one text per repetition; empty ones are left out.
 */
export const readWords = (segment: Segment, field: number): string[] =>
  repetitions(segment, field).flatMap((repetition) => {
    const components = componentsOf(segment.message, repetition)
    const coded = codedOf(segment.message, components)
    leaveUnread(segment, field, components, wordsRead(segment.message, components))
    return coded === null ? [] : [wordsOf(coded)]
  })

/**
 * The same as one text, a line per repetition, for a field that is text in older versions and a
 * code in newer ones; null if it is empty.
 */
export const readLines = (segment: Segment, field: number): string | null =>
  raw(segment, field) === '' ? null : readWords(segment, field).join('\n') || null
