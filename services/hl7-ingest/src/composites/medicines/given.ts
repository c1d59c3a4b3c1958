import { decisiveTime, optionalTime } from '../../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type MedicationGiven, unsaid } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../../datatypes/ce.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readGivenAmount } from '../../datatypes/given-amount.ts'
import { readAmount } from '../../datatypes/quantity.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readCompletionStatus } from '@tideway/record/status/completion-status'
import { readRequestStatus } from '@tideway/record/status/order-status'
import { statusAs } from '@tideway/record/status/status-table'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readWords } from '../../datatypes/words.ts'
import { readOrderNotes } from '../orders/order-notes.ts'
import { readObservations } from '../results/observations.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { numbersOf } from '../orders/order.ts'
import type { KeyedOrder } from '../orders/order-of.ts'
import { responseOf } from '../../segments/msa.ts'
import { readComponents } from '../../segments/rxc.ts'
import { routeOf } from '../../segments/rxr.ts'

/**
 * A medicine administered, or not: RXA with its ORC and the RXR after it. Not used: barcode (25),
 * order type (26), address (28).
 *
 * It is identified by its order, counters and start time, because many senders number every dose 1
 * and two doses must never become one.
 *
 * An unreadable time (RXA-3) is left out, but still tells the dose from others.
 *
 * @see HL7 v2.5.1 chapter 4.14.7
 */
export const administrationEvent = (
  part: OrderPart,
  routes: readonly Segment[],
  of: KeyedOrder,
  context: Context,
): Hl7DraftEvent => {
  const { segment: rxa } = part
  const { order, group, patientKey } = of
  const read = readObservations(part.observations, context)
  const givenAt = decisiveTime(rxa, 3, context)
  const body: MedicationGiven = {
    ...unsaid.MedicationGiven(),
    ...ofRxa(rxa, context),
    ...routeOf(routes),
    administrationId: `${of.key}|${keyPart(text(rxa, 1) ?? '', '.@')}.${keyPart(text(rxa, 2) ?? '', '@')}@${givenAt ?? text(rxa, 3) ?? ''}`,
    prescriptionId: of.isNumbered ? of.key : null,
    ...numbersOf(order),
    ...responseOf(of.response),
    prescribers: order.orderers,
    verifiers: order.verifiers,
    control: order.control,
    ...statusAs('orderStatus', readRequestStatus(order.status, 'HL70038')),
    givenAt,
    location: readLocation(rxa, 27) ?? readLocation(rxa, 11) ?? of.location(),
    components: readComponents(part.components),
    observations: read.map(({ observation }) => observation),
    encounterId: of.encounterId,
    ...readOrderNotes([group.orc, part], context),
  }
  return draftEvent(
    patientKey,
    rxa,
    body,
    read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null),
  )
}

const ofRxa = (rxa: Segment, context: Context) => {
  const [information, ...words] = readCodes(rxa, 9)
  return {
    medication: readCoded(rxa, 5),
    dose: readGivenAmount(rxa, false),
    form: readCoded(rxa, 8),
    information: information ?? null,
    dosageText: words.length === 0 ? null : readWords(rxa, 9).slice(1).join('; '),
    performers: readPractitioners(rxa, 10).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
    })),
    givenPer: text(rxa, 12),
    strength: readAmount(rxa, 13, 14),
    lots: readTexts(rxa, 15),
    expiresAt: optionalTime(rxa, 16, context),
    manufacturer: readCoded(rxa, 17),
    refusalReasons: readCodes(rxa, 18),
    indications: readCodes(rxa, 19),
    ...readCompletionStatus(text(rxa, 20), 'HL70322'),
    action: text(rxa, 21),
    recordedAt: optionalTime(rxa, 22, context),
    strengthVolume: readAmount(rxa, 23, 24),
    givenUntil: optionalTime(rxa, 4, context),
  }
}
