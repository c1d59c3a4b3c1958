import type { Entry, Stated, Statement } from '@tideway/schemas/documents/entry'
import { type StatementKind, statements } from '@tideway/schemas/documents/statement'
import type {
  Coded,
  EventBody,
  MedicationPrescribed,
  PatientEvent,
  RequestReported,
} from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { serviceSuffix } from '../../keys/clinical-keys.ts'

type Order =
  | (MedicationPrescribed & { type: 'MedicationPrescribed' })
  | (RequestReported & { type: 'RequestReported' })

/**
 * An order of HL7 v2: it has a control (ORC-1) or is in a response (MSA-1), and its sender a number
 * that may stand for several.
 */
export const isOrder = (body: EventBody): body is Order =>
  (body.type === 'MedicationPrescribed' || body.type === 'RequestReported') &&
  (body.control !== null || body.response != null)

const wordOf = (coded: Coded | null): string | null =>
  coded?.code ?? coded?.text ?? coded?.alternateCode ?? coded?.alternateText ?? null

export const serviceOf = (
  order: Pick<MedicationPrescribed, 'medication'> | Pick<RequestReported, 'service'>,
): string | null => wordOf('medication' in order ? order.medication : order.service)

export const kindOf = ({ type }: Order): StatementKind =>
  type === 'RequestReported' ? 'request' : 'prescription'
export const keyOf = (order: Order): string =>
  order.type === 'RequestReported' ? order.requestId : order.prescriptionId

/**
 * The keys an order may be known by: its number alone, and its number with what it is for. Null if
 * it does not say what it is for.
 */
const keysOf = (order: Order): { alone: string; withService: string } | null => {
  const service = serviceOf(order)
  if (service === null) return null
  const key = keyOf(order)
  const end = serviceSuffix(service)
  return key.endsWith(end)
    ? { alone: key.slice(0, -end.length), withService: key }
    : { alone: key, withService: `${key}${end}` }
}

/** `_id` of each entry that an order may be known by; none of what is no order. */
export const orderEntryIds = ({ patientKey, body }: PatientEvent): string[] => {
  const keys = isOrder(body) ? keysOf(body) : null
  return keys === null
    ? []
    : [keys.alone, keys.withService].map((key) => entryIdOf(patientKey, kindOf(body as Order), key))
}

const speaksOf = (entry: Entry | undefined, service: string | null): boolean =>
  entry !== undefined &&
  (entry.data as unknown as Statement<'request'> | Statement<'prescription'>).reported.some(
    (one: Stated<'request'> | Stated<'prescription'>) => serviceOf(one) === service,
  )

/**
 * The event with the key by which its order is known already. Orders of one message that share a
 * number are told apart by what they are for; a later message with one of them alone, such as the
 * one that stops it, cannot know that they were several. It means the one that is for the same.
 *
 * Whichever comes first gives the entry its key; what is told in it is the same.
 *
 * @param find  an entry by `_id`
 */
export const asKnown = (
  event: PatientEvent,
  find: (id: string) => Entry | undefined,
): PatientEvent => {
  const { body } = event
  const keys = isOrder(body) ? keysOf(body) : null
  if (!isOrder(body) || keys === null) return event
  const [alone, withService] = orderEntryIds(event).map(find)
  const known = speaksOf(alone, serviceOf(body))
    ? keys.alone
    : withService === undefined
      ? keyOf(body)
      : keys.withService
  return known === keyOf(body)
    ? event
    : { ...event, body: { ...body, [statements[kindOf(body)].key]: known } }
}
