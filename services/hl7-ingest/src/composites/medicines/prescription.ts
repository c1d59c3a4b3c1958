import { type MedicationPrescribed, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leavePart } from '@tideway/hl7v2/lexer/unused-parts'
import { readPrescriptionStatus } from '@tideway/record/status/order-status'
import { readTimings } from '../../datatypes/tq.ts'
import type { MedicineFields } from './medicine.ts'
import { readOrderNotes, readContacts } from '../orders/order-notes.ts'
import { readDoseLimits } from '../../segments/cdo.ts'
import { readObservations } from '../results/observations.ts'
import { leaveOverruled } from './overruled.ts'
import { numbersOf, type Order } from '../orders/order.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import type { KeyedOrder } from '../orders/order-of.ts'
import { responseOf } from '../../segments/msa.ts'
import { readComponents } from '../../segments/rxc.ts'
import { readRoute } from '../../segments/rxr.ts'
import { readTq1 } from '../../segments/tq1.ts'

/**
 * `repeated`: the original order beside the pharmacy's encoded one, or an order repeated in a
 * dispense or administration message.
 */
export type PrescriptionKind = 'prescription' | 'give' | 'repeated'

/** One complete RXO, RXE or RXG; `timingField` is where its TQ was before 2.5. */
export type PrescriptionPart = {
  kind: PrescriptionKind
  part: OrderPart
  medicine: MedicineFields
  timingField: number | null
  id: string
}

/** Timing of a segment, else of its ORC: TQ1 below it, its own TQ, TQ1 below the ORC, ORC-7. */
const timingsOf = (
  { part, timingField }: PrescriptionPart,
  { order, group }: KeyedOrder,
  context: Context,
): Timing[] => {
  const sources = [
    () => readTq1(part.timings, context),
    () => (timingField === null ? [] : readTimings(part.segment, timingField, context)),
    () => readTq1(group.orc?.timings ?? [], context),
    () => order.timings,
  ]
  for (const read of sources) {
    const timings = read()
    if (timings.length > 0) return timings
  }
  return []
}

const earliest = (timings: readonly Timing[]): string | null =>
  timings.find(({ startAt }) => startAt !== null)?.startAt ?? null
const last = (timings: readonly Timing[]): string | null =>
  timings.findLast(({ endAt }) => endAt !== null)?.endAt ?? null

/** A prescription, or one scheduled give of it, from one segment with its ORC. */
export const prescriptionEvent = (
  what: PrescriptionPart,
  of: KeyedOrder,
  context: Context,
): Hl7DraftEvent => {
  const { part, medicine, kind, id } = what
  const { order, group, encounterId, patientKey } = of
  const timings = timingsOf(what, of, context)
  leaveOverruled(part.segment, order, medicine)
  const read = readObservations(part.observations, context)
  const body: MedicationPrescribed = {
    ...unsaid.MedicationPrescribed(),
    ...medicine,
    ...readRoute(part.routes[0] ?? null),
    ...ofOrder(of),
    ...responseOf(of.response),
    prescriptionId: id,
    kind,
    timings,
    startAt: earliest(timings),
    endAt: last(timings),
    prescribedAt: order.transactionAt ?? medicine.prescribedAt,
    prescribers: order.orderers.length > 0 ? order.orderers : medicine.prescribers,
    verifiers: order.verifiers.length > 0 ? order.verifiers : medicine.verifiers,
    components: readComponents(part.components),
    doseLimits: readDoseLimits(part.limits),
    contacts: readContacts([group.orc, part]),
    observations: read.map(({ observation }) => observation),
    encounterId,
    location: of.location(),
    ...readOrderNotes([group.orc, part], context),
  }
  return draftEvent(
    patientKey,
    part.segment,
    body,
    read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null),
  )
}

/** Fields of a prescription that come from its ORC. */
const ofOrder = ({ order, group }: Pick<KeyedOrder, 'order' | 'group'>) => ({
  ...numbersOf(order),
  groupNumber: order.groupNumber,
  parentNumber: parentOf(group, order),
  control: order.control,
  ...readPrescriptionStatus(order.status, 'HL70038'),
  statusReason: order.controlReason,
  effectiveAt: order.effectiveAt,
  enteredBy: order.enteredBy,
  actionBy: order.actionBy,
  callback: order.callback,
  organisation: order.organisation,
  setting: order.setting,
  settingName: order.settingName,
})

/** Of ORC-8 the placer's number, else the filler's; the other is listed as unused. */
const parentOf = ({ orc }: KeyedOrder['group'], order: Order): string | null => {
  const [placer, filler] = [order.parentPlacerNumber, order.parentFillerNumber]
  if (orc !== null && placer !== null && filler !== null && filler !== placer)
    leavePart(orc.segment, '8.2')
  return placer ?? filler
}

/** Status of an order sent as a lone ORC. */
export const prescriptionStateEvent = (
  orc: Segment,
  kind: PrescriptionKind,
  of: KeyedOrder,
  context: Context,
): Hl7DraftEvent =>
  draftEvent(of.patientKey, orc, {
    ...unsaid.MedicationPrescribed(),
    ...ofOrder(of),
    ...responseOf(of.response),
    prescriptionId: of.key,
    kind,
    prescribers: of.order.orderers,
    verifiers: of.order.verifiers,
    prescribedAt: of.order.transactionAt,
    encounterId: of.encounterId,
    location: of.location(),
    ...readOrderNotes([of.group.orc], context),
  })
