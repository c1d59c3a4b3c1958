import { decisiveTime, optionalTime } from '../../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type MedicationDispensed, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../../datatypes/ce.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readQuantity } from '../../datatypes/cq.ts'
import { readAmount } from '../../datatypes/quantity.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readWords } from '../../datatypes/words.ts'
import { dosageTextOf } from './medicine.ts'
import { readOrderNotes } from '../orders/order-notes.ts'
import { readDoseLimits } from '../../segments/cdo.ts'
import { readObservations } from '../results/observations.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { numbersOf } from '../orders/order.ts'
import type { KeyedOrder } from '../orders/order-of.ts'
import { readPharmacy } from './pharmacy.ts'
import { readDispenseStatus } from '@tideway/record/status/order-status'
import { readComponents } from '../../segments/rxc.ts'
import { routeOf } from '../../segments/rxr.ts'
import { responseOf } from '../../segments/msa.ts'
import { readTq1 } from '../../segments/tq1.ts'

/**
 * A medicine dispensed: RXD with its ORC. Not used: needs human review (14), package (22 to 24),
 * location where it was prepared and packed (26, 27), tag (35).
 *
 * It is identified by its order, counter and time, because many senders number every dispense 1.
 *
 * An unreadable time (RXD-3) is left out, but still tells the dispense from others.
 *
 * @see HL7 v2.5.1 chapter 4.14.5
 */
export const dispenseEvent = (part: OrderPart, of: KeyedOrder, context: Context): Hl7DraftEvent => {
  const { segment: rxd } = part
  const { order, group, patientKey } = of
  const read = readObservations(part.observations, context)
  const dispensedAt = decisiveTime(rxd, 3, context)
  const body: MedicationDispensed = {
    ...unsaid.MedicationDispensed(),
    ...ofRxd(rxd, context),
    ...routeOf(part.routes),
    dispenseId: `${of.key}|${keyPart(text(rxd, 1) ?? '', '@')}@${dispensedAt ?? text(rxd, 3) ?? ''}`,
    prescriptionId: of.isNumbered ? of.key : null,
    ...numbersOf(order),
    ...responseOf(of.response),
    prescribers: order.orderers,
    verifiers: order.verifiers,
    control: order.control,
    ...readDispenseStatus(order.status, 'HL70038'),
    statusReason: order.controlReason,
    dispensedAt,
    timings: timingsOf(part, of, context),
    components: readComponents(part.components),
    doseLimits: readDoseLimits(part.limits),
    observations: read.map(({ observation }) => observation),
    encounterId: of.encounterId,
    ...readOrderNotes([group.orc, part], context),
  }
  return draftEvent(
    patientKey,
    rxd,
    body,
    read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null),
  )
}

/**
 * TQ1 below the RXD if sent, else the timing of the order itself; the encoded order has its own
 * event.
 */
const timingsOf = (part: OrderPart, { group, order }: KeyedOrder, context: Context): Timing[] => {
  if (part.timings.length > 0) return readTq1(part.timings, context)
  return group.details.length > 1
    ? []
    : [...readTq1(group.orc?.timings ?? [], context), ...order.timings]
}

const ofRxd = (rxd: Segment, context: Context) => {
  const instructions = readWords(rxd, 15)
  return {
    medication: readCoded(rxd, 2),
    quantity: readAmount(rxd, 4, 5),
    form: readCoded(rxd, 6),
    prescriptionNumber: text(rxd, 7),
    refillsLeft: text(rxd, 8),
    instructions: [...instructions, ...readTexts(rxd, 9)],
    dosageText: dosageTextOf(instructions),
    dispensers: readPractitioners(rxd, 10),
    substitution: text(rxd, 11),
    totalDailyDose: readQuantity(rxd, 12),
    dispenseTo: readLocation(rxd, 13),
    strength: readAmount(rxd, 16, 17),
    lots: readTexts(rxd, 18),
    expiresAt: optionalTime(rxd, 19, context),
    manufacturer: readCoded(rxd, 20),
    indications: readCodes(rxd, 21),
    supplementaryCodes: readCodes(rxd, 25),
    strengthVolume: readAmount(rxd, 28, 29),
    pharmacy: readPharmacy(rxd, 30, 31, 34),
    orderType: text(rxd, 32),
    dispenseType: readCoded(rxd, 33),
  }
}
