import { leaveUnread, type PartsRead, readNothing } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  firstRepetition,
  repetitions,
  subcomponentsOf,
} from '@tideway/hl7v2/lexer/fields'
import { type Coded, unsaid } from '@tideway/schemas/events.generated'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { joinedPowers } from './power-unit.ts'
import { translationOf } from './translation.ts'

/** CWE-1 to 9; from 10 on, a second alternate and the value sets of all. */
const read: PartsRead = [1, 1, 1, 1, 1, 1, 1, 1, 1]
/** System and version of a code that was not sent, where the alternate takes its place. */
const readAlternate: PartsRead = read.with(2, 0).with(6, 0)

/**
 * A code with its text, from the first repetition of a field; null if there is none.
 *
 * | CWE | here |
 * |---|---|
 * | 1 identifier, 2 text, 3 coding system | code, text, system |
 * | 4 alternate identifier, 5 text, 6 system | alternateCode, alternateText, alternateSystem |
 * | 7 version, 8 alternate version | detail |
 * | 9 original text | text if 2 is empty, else detail |
 *
 * Where 1 and 2 are empty the alternate takes their place: it is the code, text and system.
 *
 * @see HL7 v2.5.1 chapter 2A.3, 2A.10 and 2A.13, data types CE, CNE and CWE
 */
export const readCoded = (segment: Segment, field: number): Coded | null => {
  const first = firstRepetition(segment, field)
  return first === undefined ? null : codedIn(segment, field, first)
}

/** A unit, from the first repetition of a field, with the powers in it whole. */
export const readUnit = (segment: Segment, field: number): Coded | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const components = joinedPowers(componentsOf(segment.message, first))
  const unit = codedOf(segment.message, components)
  leaveUnread(segment, field, components, partsRead(segment.message, components, unit))
  if (unit !== null) unit.translation = translationOf(segment, field, unit)
  return unit
}

/** Codes of a field that repeats, in order, empty ones left out. */
export const readCodes = (segment: Segment, field: number): Coded[] => {
  const found: Coded[] = []
  for (const repetition of repetitions(segment, field)) {
    const one = codedIn(segment, field, repetition)
    if (one !== null) found.push(one)
  }
  return found
}

/** A code in one repetition of a field. */
export const codedIn = (segment: Segment, field: number, repetition: string): Coded | null => {
  const components = componentsOf(segment.message, repetition)
  const coded = codedAt(segment, field, components)
  if (coded !== null) coded.translation = translationOf(segment, field, coded)
  return coded
}

/**
 * The one word of a coded field that the event has as text: the code, else its text, else those of
 * the alternate, else the original text. The other parts are listed as unused.
 */
export const readCodeWord = (segment: Segment, field: number): string | null => {
  const first = firstRepetition(segment, field)
  return first === undefined ? null : codeWordIn(segment, field, first)
}

/** The same in one repetition of a field. */
export const codeWordIn = (segment: Segment, field: number, repetition: string): string | null => {
  const components = componentsOf(segment.message, repetition)
  for (const at of words) {
    const word = firstPart(segment.message, components[at])
    if (word === null) continue
    leaveUnread(segment, field, components, readAt[at] as PartsRead)
    return word
  }
  leaveUnread(segment, field, components, readAt[0] as PartsRead)
  return null
}

/** Components with a word, in order of preference, and what is read where that one is taken. */
const words = [0, 1, 3, 4, 8]
const readAt: readonly PartsRead[] = Array.from({ length: 9 }, (_, at) =>
  Array.from({ length: at + 1 }, (_, n) => (n === at ? 1 : 0)),
)

/** A code without its translation; parts that it does not have are listed as unused. */
export const codedAt = (
  segment: Segment,
  field: number,
  components: readonly string[],
): Coded | null => {
  const coded = codedOf(segment.message, components)
  leaveUnread(segment, field, components, partsRead(segment.message, components, coded))
  return coded
}

const partsRead = (
  message: Hl7Message,
  components: readonly string[],
  coded: Coded | null,
): PartsRead => {
  if (coded === null) return readNothing
  if (components.length <= 3) return read
  const part = (n: number) => firstPart(message, components[n])
  return isAlternateOnly(part(0), part(1), part(3), part(4)) ? readAlternate : read
}

/** A code sent in the subcomponents of one component, e.g. OBR-15.1. */
export const codedInPart = (message: Hl7Message, component: string | undefined): Coded | null => {
  const parts = subcomponentsOf(message, component).map((part) => decoded(message, part))
  return coded(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
}

export const codedOf = (message: Hl7Message, components: readonly string[]): Coded | null => {
  const code = firstPart(message, components[0])
  if (components.length === 1)
    return code === null ? null : coded(code, null, null, null, null, null)
  const text = firstPart(message, components[1])
  const system = firstPart(message, components[2])
  if (components.length <= 3) return coded(code, text, system, null, null, null)
  const part = (n: number) => firstPart(message, components[n])
  const [alternateCode, alternateText, alternateSystem] = [part(3), part(4), part(5)]
  const isFirst = !isAlternateOnly(code, text, alternateCode, alternateText)
  const words = isFirst ? (text ?? part(8)) : text
  const one = coded(code, words, system, alternateCode, alternateText, alternateSystem)
  if (one !== null && components.length > 6)
    one.detail = detailOf(part(isFirst ? 6 : 7), isFirst ? part(7) : null, part(8), one.text)
  return one
}

/** Versions, and the original text where it is not the text. */
const detailOf = (
  version: string | null,
  alternateVersion: string | null,
  original: string | null,
  text: string | null,
): Coded['detail'] => {
  const originalText = original === text ? null : original
  return version === null && alternateVersion === null && originalText === null
    ? null
    : { version, alternateVersion, originalText }
}

type Part = string | null | undefined

/** Whether only the alternate code was sent: it then takes the place of the first. */
const isAlternateOnly = (code: Part, text: Part, alternateCode: Part, alternateText: Part) =>
  !code && !text && Boolean(alternateCode || alternateText)

const coded = (
  code: Part,
  text: Part,
  system: Part,
  alternateCode: Part,
  alternateText: Part,
  alternateSystem: Part,
): Coded | null => {
  if (isAlternateOnly(code, text, alternateCode, alternateText))
    return coded(alternateCode, alternateText, alternateSystem, null, null, null)
  if (!code && !text && !alternateCode && !alternateText) return null
  return {
    ...unsaid.Coded(),
    code: code ?? null,
    text: text ?? null,
    system: system ?? null,
    alternateCode: alternateCode ?? null,
    alternateText: alternateText ?? null,
    alternateSystem: alternateSystem ?? null,
  }
}
