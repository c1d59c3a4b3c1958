import { isBlank } from './blank.ts'
import { type Segment, unread } from './message.ts'

/**
 * Which parts of a data type its reader uses: for each component the number of its subcomponents, 0
 * for none, or `hd`.
 */
export type PartsRead = readonly number[]

/**
 * A component that is an HD: name, universal id, and its type if that only states the form of the
 * id. HL7 v2.5.1 chapter 2A.33.
 */
export const hd = -1
const universalIdForms = new Set(['ISO', 'OID', 'UUID', 'GUID', 'DNS', 'URI', 'URN'])

export const readNothing: PartsRead = []

/** Lists one part of a field as unused: `7.10`, `3.4.3`, `15~` for repetitions after the first. */
export const leavePart = ({ message: { unusedParts }, base }: Segment, part: string): void => {
  const known = unusedParts.get(base)
  if (known === undefined) unusedParts.set(base, new Set([part]))
  else known.add(part)
}

/** Lists every field of a segment as unused, whatever was read of it: it gave no event. */
export const leaveSegment = (segment: Segment): void => {
  const { message, base, fields } = segment
  message.marks.fill(unread, base, base + fields.length)
  message.unusedParts.delete(base)
}

/** Lists as unused the parts of one repetition that have a value but are not read. */
export const leaveUnread = (
  segment: Segment,
  field: number,
  components: readonly string[],
  read: PartsRead,
): void => {
  const { subcomponent } = segment.message.delimiters
  for (let n = 0; n < components.length; n++) {
    const component = components[n] as string
    if (component === '' || component === '""' || isBlank(component)) continue
    const taken = read[n] ?? 0
    if (taken === 0) leavePart(segment, `${field}.${n + 1}`)
    else if (subcomponent !== '' && component.includes(subcomponent))
      leaveSubcomponents(segment, `${field}.${n + 1}`, component.split(subcomponent), taken)
  }
}

/**
 * A code in the subcomponents of a component, and one after a number. With a system alone there is
 * none; where only the alternate was sent, it takes the place of the first, and its system that of
 * the system.
 */
const codeInPart = 6
const numberAndCode = 7

const isRead = (parts: readonly string[], n: number, taken: number): boolean => {
  if (taken !== codeInPart && taken !== numberAndCode) return n < taken
  const at = n - (taken - codeInPart)
  if (at < 0) return true
  const has = (one: number) => hasValue(parts[one + taken - codeInPart])
  if (has(0) || has(1)) return n < taken
  return (has(3) || has(4)) && n < taken && at !== 2
}

const hasValue = (part: string | undefined): boolean =>
  part !== undefined && part !== '' && part !== '""' && !isBlank(part)

const leaveSubcomponents = (
  segment: Segment,
  part: string,
  parts: readonly string[],
  taken: number,
): void => {
  const upTo = taken === hd ? (universalIdForms.has(parts[2] ?? '') ? 3 : 2) : taken
  for (let n = 0; n < parts.length; n++)
    if (hasValue(parts[n]) && !isRead(parts, n, upTo)) leavePart(segment, `${part}.${n + 1}`)
}
