import {
  componentsOf,
  firstPart,
  firstRepetition,
  isUnread,
  markUnusable,
} from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  type ImmunizationReported,
  type Organisation,
  unsaid,
} from '@tideway/schemas/events.generated'
import { readLocation } from '../../datatypes/pl.ts'

/** Ward, room and bed of RXA-11 (LA2); the address follows them. */
export const placeIn = (rxa: Segment): ImmunizationReported['location'] => {
  const location = readLocation(rxa, 11)
  if (location === null) return null
  const { pointOfCare, room, bed, description } = location
  const isPlace = pointOfCare !== null || room !== null || bed !== null
  if (description !== null || !isPlace) markUnusable(rxa, 11)
  return isPlace ? { ...location, description: null } : null
}

/** RXA-11.4, the facility: its name. */
export const organisationIn = (rxa: Segment): Organisation | null => {
  const isRead = !isUnread(rxa, 11)
  const components = componentsOf(rxa.message, firstRepetition(rxa, 11) ?? '')
  if (!isRead) leaveUnread(rxa, 11, components, [0, 0, 0, 1])
  const facility = firstPart(rxa.message, components[3])
  return facility === null ? null : { ...unsaid.Organisation(), name: facility }
}
