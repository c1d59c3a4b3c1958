import { type Coded, type Organisation, unsaid } from '@tideway/schemas/events.generated'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import {
  readBloodDispenseStatus,
  readTransfusionStatus,
} from '@tideway/record/status/blood-product-status'
import { readCoded, readCodes, readCodeWord } from '../../datatypes/ce.ts'
import { readNumberAlone } from '../../datatypes/ei.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readAmount } from '../../datatypes/quantity.ts'
import { decisiveTime, optionalTime } from '../../datatypes/time-field.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readOrganisation } from '../../datatypes/xon.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { codeKey, statementKey } from '../../keys/business-key.ts'
import { type Context, draftEvent, type Hl7DraftEvent } from '../../normalise/mapping.ts'
import { responseOf } from '../../segments/msa.ts'
import type { KeyedOrder } from '../orders/order-of.ts'
import { numbersOf } from '../orders/order.ts'
import { readOrderNotes } from '../orders/order-notes.ts'
import { requestEvent } from '../orders/request.ts'
import { readObservations } from '../results/observations.ts'

const products = new Set(['BPO', 'BPX', 'BTX'])

export const isBloodOrder = ({ group }: KeyedOrder): boolean =>
  group.details.some(({ segment }) => products.has(segment.name))

/**
 * An order of blood products: the request (ORC, BPO), each unit dispensed (BPX) and each unit given
 * or returned (BTX).
 *
 * @see HL7 v2.5.1 chapter 4.18, blood product messages
 */
export const bloodEvents = (of: KeyedOrder, context: Context): Hl7DraftEvent[] => {
  const { details } = of.group
  const ordered = details.filter(({ segment }) => segment.name === 'BPO')
  const isOrder = of.group.orc !== null || ordered.length > 0
  return [
    ...(isOrder
      ? [requestEvent({ ...of, group: { ...of.group, details: ordered } }, context)]
      : []),
    ...details.flatMap((part) => {
      if (part.segment.name === 'BPX') return [dispensedUnit(part, of, context)]
      return part.segment.name === 'BTX' ? [givenUnit(part, of, context)] : []
    }),
  ]
}

/** What identifies a unit: its number in the sending system, else the donation, else the lot. */
type Unit = {
  productNumber: string | null
  unitNumber: string | null
  lot: string | null
  product: Coded | null
}

/** Fields of a unit in BPX and BTX. */
type UnitFields = {
  donation: number
  component: number
  commercial: number
  manufacturer: number
  lot: number
  unique: number
}

const readUnit = (segment: Segment, at: UnitFields) => {
  const unit: Unit = {
    productNumber: readNumberAlone(segment, at.unique),
    unitNumber: readNumberAlone(segment, at.donation),
    lot: readNumberAlone(segment, at.lot),
    product: readCoded(segment, at.component) ?? readCoded(segment, at.commercial),
  }
  return { unit, manufacturer: makerOf(readOrganisation(segment, at.manufacturer)) }
}

/** A maker is a code in the event. */
const makerOf = (maker: Organisation | null): Coded | null =>
  maker && {
    ...unsaid.Coded(),
    code: maker.identifier,
    text: maker.name,
    system: maker.authority,
  }

/**
 * Business key of a unit. Its number counts within the order, as numbers are used again; without
 * an order number it stands alone. A lot is of many units: like a unit without a number it is told
 * from others by time and place under the order, so that two vials never become one.
 *
 * @param at  when it was given, else when its status changed
 */
const unitKey = (
  unit: Unit,
  segment: Segment,
  at: string | null,
  of: KeyedOrder,
  context: Context,
): string => {
  const product = codeKey(unit.product)
  const name =
    unit.productNumber ?? (unit.unitNumber === null ? null : `${unit.unitNumber}^${product}`)
  if (name === null)
    return `${of.key}|${unit.lot ?? ''}^${product}.${text(segment, 1) ?? ''}@${at ?? ''}`
  return of.isNumbered
    ? `${of.key}|${name}`
    : statementKey(of.patientKey, context, { number: name, authority: null }, [])
}

/** Fields that a unit dispensed or given has from its order. */
const ofOrder = (part: OrderPart, of: KeyedOrder, context: Context) => ({
  prescriptionId: of.isNumbered ? of.key : null,
  ...numbersOf(of.order),
  ...responseOf(of.response),
  prescribers: of.order.orderers,
  encounterId: of.encounterId,
  observations: readObservations(part.observations, context).map(({ observation }) => observation),
  ...readOrderNotes([part], context),
})

/**
 * A unit reserved, dispensed, returned or wasted. ORC-1 and ORC-5 are about the order, and do not
 * change it. Not used: the address it went to (19).
 *
 * @see HL7 v2.5.1 chapter 4.18.2, BPX
 */
const dispensedUnit = (part: OrderPart, of: KeyedOrder, context: Context): Hl7DraftEvent => {
  const { segment: bpx } = part
  const { unit, manufacturer } = readUnit(bpx, {
    donation: 5,
    component: 6,
    commercial: 8,
    manufacturer: 9,
    lot: 10,
    unique: 17,
  })
  const status = readBloodDispenseStatus(readCodeWord(bpx, 2), text(bpx, 3))
  const statusAt = decisiveTime(bpx, 4, context)
  return draftEvent(of.patientKey, bpx, {
    ...unsaid.MedicationDispensed(),
    ...ofOrder(part, of, context),
    dispenseId: unitKey(unit, bpx, statusAt, of, context),
    ...status,
    statusAt,
    medication: unit.product,
    unitNumber: unit.unitNumber,
    productNumber: unit.productNumber,
    lots: unit.lot === null ? [] : [unit.lot],
    manufacturer,
    units: text(bpx, 14),
    quantity: readAmount(bpx, 15, 16),
    dispensedAt: status.status === 'completed' ? statusAt : null,
    donationType: readCoded(bpx, 7),
    bloodGroup: readCoded(bpx, 11),
    specialTests: readCodes(bpx, 12),
    expiresAt: optionalTime(bpx, 13, context),
    dispenseTo: readLocation(bpx, 18),
    receivers: readPractitioners(bpx, 20),
    dispensers: readPractitioners(bpx, 21),
    action: text(bpx, 22),
  })
}

/**
 * A unit given, or returned unused. A transfusion began at BTX-16; without it only the status
 * `started` says when. ORC-1 and ORC-5 are about the order.
 *
 * @see HL7 v2.5.1 chapter 4.18.3, BTX
 */
const givenUnit = (part: OrderPart, of: KeyedOrder, context: Context): Hl7DraftEvent => {
  const { segment: btx } = part
  const { unit, manufacturer } = readUnit(btx, {
    donation: 2,
    component: 3,
    commercial: 5,
    manufacturer: 6,
    lot: 7,
    unique: 20,
  })
  const status = readTransfusionStatus(readCodeWord(btx, 11), text(btx, 12))
  const statusAt = decisiveTime(btx, 13, context)
  const begunAt = decisiveTime(btx, 16, context)
  return draftEvent(of.patientKey, btx, {
    ...unsaid.MedicationGiven(),
    ...ofOrder(part, of, context),
    administrationId: unitKey(unit, btx, begunAt ?? statusAt, of, context),
    ...status,
    statusAt,
    medication: unit.product,
    unitNumber: unit.unitNumber,
    productNumber: unit.productNumber,
    lots: unit.lot === null ? [] : [unit.lot],
    manufacturer,
    bloodGroup: readCoded(btx, 4),
    units: text(btx, 8),
    dose: readAmount(btx, 9, 10),
    performers: readPractitioners(btx, 14).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
    })),
    verifiers: readPractitioners(btx, 15),
    givenAt: begunAt ?? (status.status === 'in-progress' ? statusAt : null),
    givenUntil: optionalTime(btx, 17, context),
    location: of.location,
    reactions: readCodes(btx, 18),
    interruptionReason: readCoded(btx, 19),
    action: text(btx, 21),
  })
}
