import { leavePart, leaveUnread, type PartsRead } from '../lexer/unused-parts.ts'
import { componentsOf, firstPart, repetitions } from '../lexer/fields.ts'
import type { Segment } from '../lexer/message.ts'

/** The numbers assigned to one thing by placer and filler. */
export type NumberPair = { placer: string | null; filler: string | null }

const read: PartsRead = [1, 1]

/**
 * Pairs of numbers of a field, in order, e.g. OBR-29 or SPM-2. Their assigning authorities (further
 * subcomponents) are listed as unused.
 *
 * | EIP | here |
 * |---|---|
 * | 1.1 placer assigned identifier | placer |
 * | 2.1 filler assigned identifier | filler |
 *
 * @see HL7 v2.5.1 chapter 2A.29, data type EIP
 */
export const readNumberPairs = (segment: Segment, field: number): NumberPair[] =>
  repetitions(segment, field).map((repetition) => {
    const components = componentsOf(segment.message, repetition)
    leaveUnread(segment, field, components, read)
    const part = (n: number) => firstPart(segment.message, components[n])?.trimStart() ?? null
    return { placer: part(0), filler: part(1) }
  })

const none: NumberPair = { placer: null, filler: null }

/**
 * The filler's number of a pair, else the placer's; if both were sent, the placer's is listed as
 * unused.
 */
export const readOneNumberEach = (segment: Segment, field: number): string[] =>
  readNumberPairs(segment, field)
    .map(({ placer, filler }) => {
      if (placer !== null && filler !== null && placer !== filler) leavePart(segment, `${field}.1`)
      return filler ?? placer
    })
    .filter((number) => number !== null)

/** The first pair of a field that does not repeat; others are listed as unused. */
export const readNumberPair = (segment: Segment, field: number): NumberPair => {
  const found = readNumberPairs(segment, field)
  if (found.length > 1) leavePart(segment, `${field}~`)
  return found[0] ?? none
}

type SentPair = { segment: Segment; field: number; pair: NumberPair }

/**
 * The first number of each kind that several fields say; one that differs in a later field is
 * listed as unused.
 */
export const firstNumbers = (sent: readonly SentPair[]): NumberPair => {
  const of = (name: keyof NumberPair, component: number): string | null => {
    const [first, ...others] = sent.filter(({ pair }) => pair[name] !== null)
    for (const { segment, field, pair } of others)
      if (pair[name] !== first?.pair[name]) leavePart(segment, `${field}.${component}`)
    return first?.pair[name] ?? null
  }
  return { placer: of('placer', 1), filler: of('filler', 2) }
}
