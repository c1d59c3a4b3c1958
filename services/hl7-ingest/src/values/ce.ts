import type { Coded } from '@tideway/schemas/events.generated'
import { componentsOf, decoded, firstPart, type Hl7Message, repetitions, type Segment, subcomponentsOf } from '../parse.ts'

/**
 * A code with its text, from the first repetition of a field; null if there is none.
 * CWE-9, the original text, stands in where there is no other.
 *
 * @see HL7 v2.5.1 chapter 2A, data types CE, CNE and CWE
 */
export const readCoded = (segment: Segment, field: number): Coded | null => {
  const first = repetitions(segment, field)[0]
  return first === undefined ? null : codedOf(segment.message, componentsOf(segment.message, first))
}

/** A code sent in the subcomponents of one component, e.g. OBR-15.1. */
export const codedInPart = (message: Hl7Message, component: string | undefined): Coded | null => {
  const parts = subcomponentsOf(message, component).map((part) => decoded(message, part))
  return coded(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
}

export const codedOf = (message: Hl7Message, components: readonly string[]): Coded | null => {
  const code = firstPart(message, components[0])
  if (components.length === 1) return code === null ? null : coded(code, null, null, null, null, null)
  const text = firstPart(message, components[1]) ?? firstPart(message, components[8])
  const system = firstPart(message, components[2])
  if (components.length <= 3) return coded(code, text, system, null, null, null)
  return coded(code, text, system, firstPart(message, components[3]), firstPart(message, components[4]), firstPart(message, components[5]))
}

type Part = string | null | undefined

const coded = (code: Part, text: Part, system: Part, alternateCode: Part, alternateText: Part, alternateSystem: Part): Coded | null => {
  if (!code && !text && !alternateCode && !alternateText) return null
  return {
    code: code ?? null,
    text: text ?? null,
    system: system ?? null,
    alternateCode: alternateCode ?? null,
    alternateText: alternateText ?? null,
    alternateSystem: alternateSystem ?? null,
  }
}
