import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import {
  medicineEvents,
  medicationStateEvent,
  isMedicationOrder,
} from '../medicines/medicine-orders.ts'
import { bloodEvents, isBloodOrder } from '../medicines/blood-products.ts'
import { responseChangesStatus } from '@tideway/record/status/order-control'
import { readRequestStatus } from '@tideway/record/status/order-status'
import { isAccepted, type Response } from '../../segments/msa.ts'
import { type OrderGroup, orderGroups, segmentsOf } from '../../groups/order-groups.ts'
import { cancelledResults } from './cancelled-results.ts'
import { type KeyedOrder, readOrders } from './order-of.ts'
import { readPatient } from '../patient/patient.ts'
import { numberRepeats } from './repeats.ts'
import { requestEvent } from './request.ts'
import { readVisitContext } from '../visit/visit-reference.ts'

/** What a lone ORC is about: only the message type says so, and ORM does not. */
type About = 'requests' | 'medicines' | 'either'

/**
 * Demographics, the visit, each order (medication events from RX segments, blood products, else a
 * request), and the clinical segments. An order that nothing identifies is left out; without any
 * order the rest is used.
 *
 * @param specimenFirst  SPM comes before the orders made of it
 * @param response  MSA of a response; an accepted one needs no order
 * @throws IngestError INVALID_FIELD if too many segments are shared by too many orders
 */
export const readOrderMessage = (
  message: Hl7Message,
  context: Context,
  about: About,
  specimenFirst = false,
  response: Response | null = null,
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  const groups = orderGroups(message, specimenFirst)
  if (groups.length === 0 && !(response !== null && isAccepted(response)))
    message.leftOut.add('ORC')
  const beside = besideOrders(message)
  const usesPlace = groups.some(({ orc }) => !orc?.segment.fields[13])
  const visit = readVisitContext(beside, patient.key, context, usesPlace)
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...visit.drafts,
    ...numberRepeats(
      readOrders(groups, patient.key, visit, context, response).flatMap((of) =>
        readOrLeaveOut(
          () => segmentsOf(of.group),
          () => [...eventsOf(of, about, context), ...cancelledResults(of, context)],
        ),
      ),
    ),
    ...otherVisits(message, groups, patient.key, context),
  ]
}

/**
 * A lone ORC in a message of either kind updates both a request and a prescription: a stopped
 * medicine must not stay active in the record. A new order has no status to change.
 */
const eventsOf = (of: KeyedOrder, about: About, context: Context): Hl7DraftEvent[] => {
  if (isMedicationOrder(of)) return medicineEvents(of, context)
  if (isBloodOrder(of)) return bloodEvents(of, context)
  if (of.group.details.length > 0 || about === 'requests') return [requestEvent(of, context)]
  if (about === 'medicines') return [medicationStateEvent(of, context)]
  return changesState(of)
    ? [requestEvent(of, context), medicationStateEvent(of, context)]
    : [requestEvent(of, context)]
}

const goingOn: ReadonlySet<string | null> = new Set([
  null,
  'scheduled',
  'in-progress',
  'partial-results',
])

/** Whether ORC-5 says that an order is not, or may not be, going on. */
const endsOrder = (status: string | null): boolean =>
  !goingOn.has(readRequestStatus(status, 'HL70038').status)

/** Whether a lone ORC changes the status of an order that may be known. */
const changesState = ({ order, response }: KeyedOrder): boolean => {
  const control = order.control?.toUpperCase() ?? null
  return response === null
    ? control !== 'NW'
    : responseChangesStatus(control, response.code, endsOrder(order.status))
}

/**
 * Visits before later orders, each once, with the PV2 that follows it. HL7 v2.5.1 chapter 4.4.6,
 * PATIENT_VISIT_PRIOR.
 */
const otherVisits = (
  { segments, ...message }: Hl7Message,
  groups: readonly OrderGroup[],
  patientKey: string,
  context: Context,
): Hl7DraftEvent[] => {
  const visits = new Set(groups.map(({ visit }) => visit))
  visits.delete(groups[0]?.visit ?? null)
  if (visits.size === 0) return []
  const first = segments.findIndex(({ name }) => name === 'ORC' || name === 'OBR')
  const about = segments.filter(
    ({ name }, at) => name === 'MSH' || name === 'EVN' || (name === 'PID' && at < first),
  )
  return [...visits]
    .filter((visit) => visit !== null)
    .flatMap((pv1) => {
      const next = segments[segments.indexOf(pv1) + 1]
      const own = [...about]
      const alone: Hl7Message = { ...message, segments: own }
      own.push({ ...pv1, message: alone }, ...(next?.name === 'PV2' ? [next] : []))
      return readVisitContext(alone, patientKey, context, false).drafts
    })
}

/**
 * Segments before the orders, and allergies and diagnoses anywhere; observations after an order
 * belong to it.
 */
const besideOrders = (message: Hl7Message): Hl7Message => {
  const first = message.segments.findIndex(
    ({ name }) => name === 'ORC' || name === 'OBR' || name === 'SPM',
  )
  return {
    ...message,
    segments: message.segments.filter(
      ({ name }, at) => first === -1 || at < first || name === 'DG1' || name === 'AL1',
    ),
  }
}
