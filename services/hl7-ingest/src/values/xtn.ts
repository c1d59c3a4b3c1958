import type { Telecom } from '@tideway/schemas/events.generated'
import { componentsOf, firstPart, repetitions, type Segment } from '../parse.ts'

/**
 * Telephone numbers and electronic addresses of a field, in order, empty ones left out.
 *
 * @see HL7 v2.5.1 chapter 2A, data type XTN; TN before 2.3
 */
export const readTelecoms = (segment: Segment, field: number): Telecom[] => {
  const { message } = segment
  const found: Telecom[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(message, repetition)
    const part = (n: number) => firstPart(message, components[n])
    const parts = [part(4), part(5), part(6)].filter((piece) => piece !== null).join(' ')
    const extension = part(7)
    const assembled = extension === null || parts === '' ? parts : `${parts} x${extension}`
    const value = part(0) ?? part(3) ?? (assembled === '' ? part(11) : assembled)
    if (value !== null) found.push({ value, use: part(1), equipment: part(2) })
  }
  return found
}
