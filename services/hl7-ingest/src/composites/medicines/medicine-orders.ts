import { text } from '@tideway/hl7v2/lexer/fields'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { dispenseEvent } from './dispensed.ts'
import { administrationEvent } from './given.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import type { KeyedOrder } from '../orders/order-of.ts'
import { type PrescriptionKind, prescriptionEvent, prescriptionStateEvent } from './prescription.ts'
import { readRxe } from '../../segments/rxe.ts'
import { readRxg } from '../../segments/rxg.ts'
import { readRxo } from '../../segments/rxo.ts'

const fulfils = new Set(['RXD', 'RXG', 'RXA'])

/** What the parts of one order share. */
type Others = {
  kindOf: (part: OrderPart) => PrescriptionKind
  routes: readonly (readonly Segment[])[]
}

/**
 * RXE takes precedence over RXO. In a dispense or administration message both only repeat the
 * order.
 */
const kinds = (details: readonly OrderPart[]): Others['kindOf'] => {
  const names = new Set(details.map(({ segment }) => segment.name))
  const isFulfilled = [...names].some((name) => fulfils.has(name))
  return ({ segment }) =>
    isFulfilled || (segment.name === 'RXO' && names.has('RXE')) ? 'repeated' : 'prescription'
}

/**
 * Routes of each part: the RXR of several consecutive RXA follows the last of them. HL7 v2.5.1
 * chapter 4.13.15, RAS_O17.
 */
const routesIn = (details: readonly OrderPart[]): Others['routes'] => {
  let next: readonly Segment[] = []
  return details
    .toReversed()
    .map(({ segment, routes }) => {
      if (segment.name === 'RXA' && routes.length > 0) next = routes
      return segment.name === 'RXA' ? next : routes
    })
    .toReversed()
}

const eventOf = (
  part: OrderPart,
  at: number,
  { kindOf, routes }: Others,
  of: KeyedOrder,
  context: Context,
): Hl7DraftEvent => {
  const { segment } = part
  const kind = kindOf(part)
  if (segment.name === 'RXO')
    return prescriptionEvent(
      { kind, part, medicine: readRxo(segment), timingField: null, id: of.key },
      of,
      context,
    )
  if (segment.name === 'RXE')
    return prescriptionEvent(
      { kind, part, medicine: readRxe(segment, context), timingField: 1, id: of.key },
      of,
      context,
    )
  if (segment.name === 'RXG')
    return prescriptionEvent(
      {
        kind: 'give',
        part,
        medicine: readRxg(segment, context),
        timingField: 3,
        id: `${of.key}|give ${text(segment, 1) ?? at}`,
      },
      of,
      context,
    )
  return segment.name === 'RXD'
    ? dispenseEvent(part, of, context)
    : administrationEvent(part, routes[at] ?? [], of, context)
}

const medicines = new Set(['RXO', 'RXE', 'RXD', 'RXG', 'RXA'])

/** Medication events of one order, one per segment. */
export const medicineEvents = (of: KeyedOrder, context: Context): Hl7DraftEvent[] => {
  const { details } = of.group
  const others = { kindOf: kinds(details), routes: routesIn(details) }
  return details.flatMap((part, at) =>
    medicines.has(part.segment.name) ? [eventOf(part, at, others, of, context)] : [],
  )
}

/** Status of an order sent as a lone ORC. */
export const medicationStateEvent = (of: KeyedOrder, context: Context): Hl7DraftEvent =>
  prescriptionStateEvent((of.group.orc as OrderPart).segment, 'prescription', of, context)

export const isMedicationOrder = ({ group }: KeyedOrder): boolean =>
  group.details.some(({ segment }) => medicines.has(segment.name))
