import { unsaid } from '@tideway/schemas/events.generated'
import { leaveFields, text } from '@tideway/hl7v2/lexer/fields'
import {
  readBloodDispenseStatus,
  readTransfusionStatus,
} from '@tideway/record/status/blood-product-status'
import { readCoded, readCodes, readCodeWord } from '../../datatypes/ce.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readAmount } from '../../datatypes/quantity.ts'
import { decisiveTime, optionalTime } from '../../datatypes/time-field.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { type Context, draftEvent, type Hl7DraftEvent } from '../../normalise/mapping.ts'
import { responseOf } from '../../segments/msa.ts'
import { readUnit, unitKey } from './blood-units.ts'
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
  const { unit, said } = readUnit(bpx, {
    donation: 5,
    component: 6,
    commercial: 8,
    manufacturer: 9,
    lot: 10,
    unique: 17,
  })
  const sent = readCodeWord(bpx, 2)
  const status = readBloodDispenseStatus(sent, text(bpx, 3))
  if (status.statusAsSent !== sent) leaveFields(bpx, [2])
  const statusAt = decisiveTime(bpx, 4, context)
  return draftEvent(of.patientKey, bpx, {
    ...unsaid.MedicationDispensed(),
    ...ofOrder(part, of, context),
    dispenseId: unitKey(unit, bpx, statusAt, of, context),
    ...status,
    statusAt,
    ...said,
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
  const { unit, said } = readUnit(btx, {
    donation: 2,
    component: 3,
    commercial: 5,
    manufacturer: 6,
    lot: 7,
    unique: 20,
  })
  const sent = readCodeWord(btx, 11)
  const status = readTransfusionStatus(sent, text(btx, 12))
  if (status.statusAsSent !== sent) leaveFields(btx, [11])
  const statusAt = decisiveTime(btx, 13, context)
  const begunAt = decisiveTime(btx, 16, context)
  return draftEvent(of.patientKey, btx, {
    ...unsaid.MedicationGiven(),
    ...ofOrder(part, of, context),
    administrationId: unitKey(unit, btx, begunAt ?? statusAt, of, context),
    ...status,
    statusAt,
    ...said,
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
    location: of.location(),
    reactions: readCodes(btx, 18),
    interruptionReason: readCoded(btx, 19),
    action: text(btx, 21),
  })
}
