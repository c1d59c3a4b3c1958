import { isBlank } from './blank.ts'
import type { Segment } from './message.ts'

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
    if (taken === 0) segment.message.unusedParts.add(`${segment.name}-${field}.${n + 1}`)
    else if (subcomponent !== '' && component.includes(subcomponent))
      leaveSubcomponents(
        segment,
        `${segment.name}-${field}.${n + 1}`,
        component.split(subcomponent),
        taken,
      )
  }
}

const leaveSubcomponents = (
  segment: Segment,
  place: string,
  parts: readonly string[],
  taken: number,
): void => {
  const from = taken === hd ? (universalIdForms.has(parts[2] ?? '') ? 3 : 2) : taken
  for (let n = from; n < parts.length; n++)
    if (parts[n] !== '' && parts[n] !== '""' && !isBlank(parts[n] as string))
      segment.message.unusedParts.add(`${place}.${n + 1}`)
}
