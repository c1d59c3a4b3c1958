import { componentsOf, firstPart, firstRepetition, leaveUnread, type PartsRead, type Segment } from '../parse.ts'

/** A number and who gave it. */
export type EntityNumber = { number: string | null; authority: string | null }

/** EI-1 and 2, else 3; 4 names the form of 3. */
const read: PartsRead = [1, 1]
const readById: PartsRead = [1, 0, 1]

/**
 * A number that a system gave something, e.g. OBR-3.
 *
 * | EI | here |
 * |---|---|
 * | 1 entity identifier | number |
 * | 2 namespace id, else 3 universal id | authority |
 *
 * @see HL7 v2.5.1 chapter 2A.28, data type EI
 */
export const readEntityNumber = (segment: Segment, field: number): EntityNumber => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return { number: null, authority: null }
  const components = componentsOf(segment.message, first)
  const part = (n: number) => firstPart(segment.message, components[n])
  const name = part(1)
  leaveUnread(segment, field, components, name === null ? readById : read)
  return { number: part(0), authority: name ?? part(2) }
}

const readAlone: PartsRead = [1]

/** The number alone, where nothing keeps who gave it: that is listed as unused. */
export const readNumberAlone = (segment: Segment, field: number): string | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const components = componentsOf(segment.message, first)
  leaveUnread(segment, field, components, readAlone)
  return firstPart(segment.message, components[0])
}
