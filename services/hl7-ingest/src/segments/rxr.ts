import type { Coded } from '@tideway/schemas/events.generated'
import { leaveFields } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'

/** Route of administration of a medicine. */
export type MedicationRoute = {
  route: Coded | null
  site: Coded | null
  device: Coded | null
  method: Coded | null
  routingInstruction: Coded | null
  siteModifier: Coded | null
}

/**
 * RXR, route. Of several only the first is used: the others are alternatives, listed as unused.
 *
 * @see HL7 v2.5.1 chapter 4.14.2
 */
export const readRoute = (rxr: Segment | null): MedicationRoute => {
  const code = (field: number) => (rxr === null ? null : readCoded(rxr, field))
  return {
    route: code(1),
    site: code(2),
    device: code(3),
    method: code(4),
    routingInstruction: code(5),
    siteModifier: code(6),
  }
}

/** Route, site, device and method, for events with no other route fields. */
export const routeOf = (
  routes: readonly Segment[],
): Pick<MedicationRoute, 'route' | 'site' | 'device' | 'method'> => {
  const { route, site, device, method } = readRoute(routes[0] ?? null)
  if (routes[0] !== undefined) leaveFields(routes[0], [5, 6])
  return { route, site, device, method }
}
