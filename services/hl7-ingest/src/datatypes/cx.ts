import {
  hd,
  leavePart,
  leaveUnread,
  type PartsRead,
  readNothing,
} from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, repetitions } from '@tideway/hl7v2/lexer/fields'
import { type Identifier, unsaid } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { authorityOf } from '@tideway/hl7v2/datatypes/hd'
import { isNhsNumber } from './nhs-number.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'

/**
 * CX-1 to 8; 2 and 3 are the check digit, 9 and 10 the jurisdiction and agency of the authority.
 */
const read: PartsRead = [1, 1, 1, hd, 1, 1, 1, 1]
const readFacilityById: PartsRead = read.with(5, hd)

/**
 * Identifiers of a field, in order, those without a value left out. An NHS number belongs to no
 * organisation.
 *
 * | CX | here |
 * |---|---|
 * | 1 number | value |
 * | 4 assigning authority | authority, authorityId, organisation |
 * | 5 identifier type code | type |
 * | 6 assigning facility | facility |
 * | 7 effective, 8 expiration | validFrom, validUntil |
 *
 * @see HL7 v2.5.1 chapter 2A.14, data type CX
 */
export const readIdentifiers = (segment: Segment, field: number, source: Source): Identifier[] => {
  const found: Identifier[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(segment.message, repetition)
    const identifier = identifierOf(segment, components, source)
    leaveUnread(
      segment,
      field,
      components,
      identifier === null
        ? readNothing
        : namesFacility(segment, components[5])
          ? read
          : readFacilityById,
    )
    if (identifier !== null) found.push(identifier)
  }
  return found
}

/** The first identifier of a single-valued field; others are listed as unused. */
export const readIdentifier = (
  segment: Segment,
  field: number,
  source: Source,
): Identifier | null => {
  const found = readIdentifiers(segment, field, source)
  if (found.length > 1) leavePart(segment, `${field}~`)
  return found[0] ?? null
}

const namesFacility = ({ message }: Segment, component: string | undefined) =>
  component !== undefined && component !== '' && firstPart(message, component) !== null

const identifierOf = (
  { message }: Segment,
  components: readonly string[],
  source: Source,
): Identifier | null => {
  const value = firstPart(message, components[0])?.trim()
  if (value === undefined || value === '') return null
  const { authority, authorityId } = authorityOf(message, components[3])
  const identifier: Identifier = {
    ...unsaid.Identifier(),
    value,
    authority,
    type: firstPart(message, components[4]),
  }
  if (components.length > 5 || authorityId !== null) {
    const facility = authorityOf(message, components[5]).authority
    identifier.detail = detailOf({
      authorityId,
      facility,
      validFrom: timeOf(message, components[6]),
      validUntil: timeOf(message, components[7]),
    })
  }
  if (!isNhsNumber(identifier, source)) identifier.organisation = organisationOf(authority, source)
  return identifier
}

/**
 * ODS code of an assigning authority: the sender's own if none was sent; null if the source may not
 * report on it.
 *
 * @see README, Decisions: identity
 */
export const organisationOf = (authority: string | null, { ods, hl7 }: Source): string | null => {
  if (authority === null) return ods
  if (Object.hasOwn(hl7.authorities, authority)) return hl7.authorities[authority] ?? null
  return authority === ods ? ods : (hl7.authorities['*'] ?? null)
}
