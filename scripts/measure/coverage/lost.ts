import { readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { type Cell, cellsOf, rewrite } from './cells.ts'
import type { Hl7Reading, Normalise } from './hl7-reader.ts'
import { otherValues } from './other-values.ts'
import { carriesNothing } from './carries-nothing.ts'

/**
 * A kind of value, such as `PV1-3.9` of `ADT^A01`, of which no change changed an event, and how
 * often it was tried.
 */
export type Tried = { type: string; name: string; tried: number; lost: number; files: string[] }

/** The content of an event without its ids, which depend on the bytes. */
const said = (events: readonly PatientEvent[]): string =>
  JSON.stringify(
    events.map(({ patientKey, sentAt, place, body }) => [patientKey, sentAt, place, body]),
  )

/**
 * Whether a value is listed as unused: the field, its later repetitions, the component or
 * subcomponent.
 */
const isListed = (
  unused: readonly string[],
  { segment, field, at: [repetition, component, subcomponent] }: Cell,
): boolean => {
  const whole = `${segment.name}-${field}`
  const part = `${whole}.${component + 1}`
  return unused.some(
    (one) =>
      one === whole ||
      (repetition > 0 && one === `${whole}~`) ||
      one === part ||
      one === `${part}.${subcomponent + 1}`,
  )
}

/** Short values occur in any event by chance; longer ones do not. */
const tellingLength = 3
const saysSo = (text: string, value: string): boolean => {
  if (value.length < tellingLength) return false
  const iso = /^(\d{4})(\d\d)(\d\d)/.exec(value)
  return (
    text.includes(JSON.stringify(value).slice(1, -1)) ||
    (iso !== null && text.includes(`${iso[1]}-${iso[2]}-${iso[3]}`))
  )
}

/**
 * Whether a value that counts as used is lost: no other value in its place changes an event or is
 * listed as unused, and no event has it from elsewhere. A value is not lost if every change of it
 * parks the message, because it then decides whether there are events.
 */
const isLost = (message: Hl7Message, cell: Cell, before: string, toEvents: Again): boolean => {
  let taken = false
  for (const value of otherValues(cell.value, message.delimiters.escape)) {
    const after = toEvents(rewrite(message, cell, value))
    if (after.problem !== null) continue
    taken = true
    if (said(after.events) !== before || isListed(after.unused, cell)) return false
  }
  return taken && !saysSo(before, cell.value)
}

type Again = (bytes: Buffer) => ReturnType<Normalise>

/**
 * Values of one message that count as used, at most one of each kind, for kinds that need more
 * tries.
 */
const toTry = (
  message: Hl7Message,
  unused: readonly string[],
  isDone: (name: string) => boolean,
): Cell[] => {
  const byName = new Map<string, Cell>()
  for (const cell of cellsOf(message)) {
    if (
      !byName.has(cell.name) &&
      !carriesNothing(cell) &&
      !isListed(unused, cell) &&
      !isDone(cell.name)
    )
      byName.set(cell.name, cell)
  }
  return [...byName.values()]
}

/**
 * Reads every mapped message again with one value changed, to find values that count as used and
 * never reach an event.
 *
 * @param each  how many values of each kind are tried, from different messages if there are enough
 */
export const findLost = (
  readings: readonly Hl7Reading[],
  toEvents: Normalise,
  each: number,
): Tried[] => {
  const found = new Map<string, Tried>()
  const seen = new Set<string>()
  for (const { type, file, bytes, source, problem, events } of readings) {
    if (problem !== null || events.length === 0) continue
    const message = readMessage(bytes, source.hl7.characterSet) as Hl7Message
    const again: Again = (changed) => toEvents(changed, source)
    const asIs = again(rewrite(message, null, ''))
    const before = said(asIs.events)
    if (asIs.problem !== null || seen.has(before)) continue
    seen.add(before)
    for (const cell of toTry(
      message,
      asIs.unused,
      (name) => (found.get(`${type} ${name}`)?.tried ?? 0) >= each,
    )) {
      const one = found.get(`${type} ${cell.name}`) ?? {
        type,
        name: cell.name,
        tried: 0,
        lost: 0,
        files: [],
      }
      found.set(`${type} ${cell.name}`, one)
      one.tried += 1
      if (!isLost(message, cell, before, again)) continue
      one.lost += 1
      one.files.push(file)
    }
  }
  return [...found.values()]
}
