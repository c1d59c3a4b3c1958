import { distinctOrders } from '@tideway/record/keys/clinical-keys'
import { componentsOf, leaveFields, text } from '@tideway/hl7v2/lexer/fields'
import { optionalTime } from '../../datatypes/time-field.ts'
import type { Location } from '@tideway/schemas/events.generated'
import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readEntityNumber } from '../../datatypes/ei.ts'
import { readTimings } from '../../datatypes/tq.ts'
import { readEncounterNumber } from '../../keys/encounter-id.ts'
import { type Order, readOrder } from './order.ts'
import { glance } from './on-demand.ts'
import { orderKey } from '../../keys/order-key.ts'
import { placerOf, type Response } from '../../segments/msa.ts'
import { serviceIn } from './order-service.ts'
import { type OrderGroup, segmentsOf } from '../../groups/order-groups.ts'
import type { VisitContext } from '../visit/visit-reference.ts'

/** One order of a message, with its business key. */
export type KeyedOrder = {
  group: OrderGroup
  order: Order
  key: string
  isNumbered: boolean
  /** Code, else text, of the service. */
  service: string | null
  encounterId: string | null
  /** Read when an event asks for it. */
  location: () => Location | null
  patientKey: string
  response: Response | null
}

/**
 * Numbers of the ORC, else of the OBR; the OBR's count as used if they are the same, and as unused
 * if they differ.
 */
const numbered = (order: Order, orc: Segment | null, obr: Segment): Order => {
  if (orc !== null)
    for (const [field, { number, authority }] of [
      [2, order.placer],
      [3, order.filler],
    ] as const)
      if (number === null && authority !== null) leaveFields(orc, [field])
  return Object.defineProperties(order, {
    placer: { value: sameOr(order.placer, obr, 2), enumerable: true },
    filler: { value: sameOr(order.filler, obr, 3), enumerable: true },
  })
}

const sameOr = (known: Order['placer'], obr: Segment, field: number): Order['placer'] => {
  if (known.number === null) return readEntityNumber(obr, field)
  const [first] = componentsOf(obr.message, obr.fields[field] ?? '')
  if (first === known.number) readEntityNumber(obr, field)
  return known
}

/**
 * The orders of a message, each with its ORC and its business key. An order that neither a number
 * nor a service identifies is left out.
 */
export const readOrders = (
  groups: readonly OrderGroup[],
  patientKey: string,
  visit: VisitContext,
  context: Context,
  response: Response | null = null,
): KeyedOrder[] => {
  const [first] = groups
  const read = (group: OrderGroup): KeyedOrder => {
    const segment = group.details[0]?.segment ?? null
    const alone = readOrder(group.orc?.segment ?? null, context)
    const order =
      segment?.name === 'OBR' ? numbered(alone, group.orc?.segment ?? null, segment) : alone
    const service = serviceIn(group)
    const orc = group.orc?.segment
    const at =
      glance(orc, 9, (one) => optionalTime(one, 9, context)) ??
      glance(orc, 7, (one) => readTimings(one, 7, context)[0]?.startAt ?? null)
    const inGroup = glance(orc, 4, (one) => text(one, 4))
    const key = orderKey(
      {
        placer: order.placer,
        filler: order.filler,
        placerOwner: placerOf(response, patientKey),
        group: inGroup,
        service,
        at,
      },
      'ORC-2',
      patientKey,
      context,
    )
    const isFirst = group.visit === first?.visit
    const encounterId = isFirst
      ? visit.encounterId
      : group.visit && readEncounterNumber(group.visit, patientKey, context)
    const isNumbered = order.placer.number !== null || order.filler.number !== null
    return {
      group,
      order,
      key,
      isNumbered,
      service,
      encounterId,
      location: () => order.location ?? (isFirst ? visit.location() : null),
      patientKey,
      response,
    }
  }
  return distinguishOrders(
    groups.flatMap((group) =>
      readOrLeaveOut(
        () => segmentsOf(group),
        () => [read(group)],
      ),
    ),
  )
}

const fulfilments = new Set(['RXD', 'RXG', 'RXA', 'BPX', 'BTX'])

/**
 * Distinguishes orders of a message with the same number by their service; dispenses and doses of
 * one order share its number by design.
 */
const distinguishOrders = (orders: readonly KeyedOrder[]): KeyedOrder[] => {
  const isFulfilled = ({ group }: KeyedOrder) =>
    group.details.some(({ segment }) => fulfilments.has(segment.name))
  const named = distinctOrders(orders.filter((of) => !isFulfilled(of)))
  return orders.map((of) => (isFulfilled(of) ? of : (named.shift() as KeyedOrder)))
}
