import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, firstRepetition } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import type { Segment } from '@tideway/hl7v2/lexer/message'

/** A number and its assigning authority. */
export type EntityNumber = { number: string | null; authority: string | null }

/** EI-1 and 2, else 3; 4 is the type of 3. */
const read: PartsRead = [1, 1]
const readById: PartsRead = [1, 0, 1]

/** A number may be padded to a fixed width on either side. */
const numberPart = ({ message }: Segment, component: string | undefined): string | null =>
  firstPart(message, component)?.trimStart() ?? null

/**
 * A number assigned by a system, e.g. OBR-3.
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
  const part = (n: number) => numberPart(segment, components[n])
  const name = part(1)
  leaveUnread(segment, field, components, name === null ? readById : read)
  return { number: part(0), authority: name ?? part(2) }
}

/** A number and its assigning authority; null: the sender. */
export type OwnNumber = { number: string; authority: string | null }

/** The number of an EI, or null if it has none. */
export const numberIn = ({ number, authority }: EntityNumber): OwnNumber | null =>
  number === null ? null : { number, authority }

/**
 * ODS code of the organisation that assigned a number: that of its authority in the source's list,
 * else the sender. `*` in that list applies to patients only.
 */
export const ownerOf = (authority: string | null, { ods, hl7 }: Source): string =>
  authority !== null && authority !== '*' && Object.hasOwn(hl7.authorities, authority)
    ? (hl7.authorities[authority] ?? ods)
    : ods

const readAlone: PartsRead = [1]

/**
 * A number used only in the business key: its authority is listed as unused, unless the source's
 * list maps it to an organisation, which is then in the key.
 */
export const readOwnNumber = (
  segment: Segment,
  field: number,
  { hl7 }: Source,
): OwnNumber | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const components = componentsOf(segment.message, first)
  const [number = null, name = null, id = null] = components
    .slice(0, 3)
    .map((component) => numberPart(segment, component))
  const authority = name ?? id
  const isListed = authority !== null && Object.hasOwn(hl7.authorities, authority)
  leaveUnread(
    segment,
    field,
    components,
    number === null || !isListed ? readAlone : name === null ? readById : read,
  )
  return number === null ? null : { number, authority }
}

/** The number alone, where its authority has no place in the event and is listed as unused. */
export const readNumberAlone = (segment: Segment, field: number): string | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const components = componentsOf(segment.message, first)
  leaveUnread(segment, field, components, readAlone)
  return numberPart(segment, components[0])
}
