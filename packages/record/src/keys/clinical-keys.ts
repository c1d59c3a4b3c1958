import { keyPart } from '@tideway/schemas/key-part'
import {
  type AssignedNumber,
  type KeyScope,
  numberKey,
  statementKey,
  wordKey,
} from './business-key.ts'

/** Kinds of entry that have a number from the placer and one from the filler. */
export type OrderedKind = 'order' | 'report' | 'appointment' | 'immunization'

/**
 * Whose number an entry is known by: an order by the placer's, so that a message that only cancels
 * it meets it; a result, appointment or immunisation by that of whoever carried it out.
 */
const fillerFirst: Readonly<Record<OrderedKind, boolean>> = {
  order: false,
  report: true,
  appointment: true,
  immunization: true,
}

/** The number an entry of a kind is known by; null if it has none. */
export const preferredNumber = <N>(
  kind: OrderedKind,
  { placer, filler }: { placer: N | null; filler: N | null },
): N | null => (fillerFirst[kind] ? (filler ?? placer) : (placer ?? filler))

/** What a thing is, and when. A space before the time would make it a later use of a number. */
const timed = (words: string, separators: string, at: string | null): string =>
  `${keyPart(words, `${separators}$`)}@${at ?? ''}`

/** Of a service in a key, `~` begins what part of the order it is, `|` a document or dose of it. */
const serviceEnds = '~|'

/** What follows the number in the key of a report or order: what it is for. */
export const serviceSuffix = (service: string | null): string =>
  `^${keyPart(service ?? '', serviceEnds)}`

/** A number alone does not tell reports or orders apart: the service belongs to the key. */
export const withService = (key: string, service: string | null): string =>
  `${key}${serviceSuffix(service)}`

/**
 * Business key of a report: its number and service, so that two laboratories of one trust never
 * share a report; without a number, service and time.
 *
 * @param number   the filler's, else the placer's
 * @param service  code, else text (HL7 v2 OBR-4, FHIR DiagnosticReport.code)
 * @param at       ISO 8601, when it was collected, else issued
 */
export const reportKey = (
  number: AssignedNumber | null,
  service: string | null,
  at: string | null,
  { patientKey, sender }: KeyScope,
): string =>
  number === null
    ? wordKey(timed(service ?? '', serviceEnds, at), sender, patientKey)
    : withService(numberKey(number.number, number.owner, patientKey), service)

/**
 * Business key of an order: its number; without one, its group number, service and time.
 *
 * @param number  the placer's, else the filler's
 * @returns null if there is neither a number nor a service
 */
export const orderKey = (
  number: AssignedNumber | null,
  { group, service, at }: { group: string | null; service: string | null; at: string | null },
  { patientKey, sender }: KeyScope,
): string | null => {
  if (number !== null) return numberKey(number.number, number.owner, patientKey)
  if (service === null) return null
  const ofGroup = group === null ? '' : `${keyPart(group, '^|')}^`
  return wordKey(`${ofGroup}${timed(service, '^|', at)}`, sender, patientKey)
}

/**
 * Orders of one message with keys that tell them apart: those that share a number but not a
 * service, by their service; those without a number that are equal, by their position. The same
 * number and service again is the same order.
 */
export const distinctOrders = <
  Order extends { key: string; service: string | null; isNumbered: boolean },
>(
  orders: readonly Order[],
): Order[] => {
  const services = new Map<string, Set<string>>()
  for (const { key, service } of orders)
    if (service !== null) services.set(key, (services.get(key) ?? new Set()).add(service))
  const seen = new Map<string, number>()
  return orders.map((order) => {
    const { key, service, isNumbered } = order
    if (isNumbered)
      return service !== null && (services.get(key)?.size ?? 0) > 1
        ? { ...order, key: withService(key, service) }
        : order
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 ? order : { ...order, key: `${key}#${times}` }
  })
}

/** The number of a referral: an order with the same number is another request. */
export const referralNumber = (number: string): string => `referral ${number}`

/**
 * Business key of a document: its own number; without one, its type and time, and the order it is
 * about.
 *
 * @returns null if there is neither a number, a time nor an order
 */
export const documentKey = (
  number: AssignedNumber | null,
  { type, at, order }: { type: string | null; at: string | null; order: string | null },
  { patientKey, sender }: KeyScope,
): string | null => {
  if (number !== null) return numberKey(number.number, number.owner, patientKey)
  if (at === null && order === null) return null
  const of = order === null ? '' : `^${keyPart(order)}`
  return wordKey(`${timed(type ?? '', '^@', at)}${of}`, sender, patientKey)
}

/**
 * Business key of an appointment: its number, else service and start; one of a series also by its
 * occurrence.
 *
 * @param number  the filler's, else the placer's
 * @returns null if there is neither a number nor a start
 */
export const appointmentKey = (
  number: AssignedNumber | null,
  {
    service,
    startAt,
    occurrence,
  }: { service: string | null; startAt: string | null; occurrence: string | null },
  { patientKey, sender }: KeyScope,
): string | null => {
  if (number === null && startAt === null) return null
  const key =
    number === null
      ? wordKey(timed(service ?? '', '@', startAt), sender, patientKey)
      : numberKey(number.number, number.owner, patientKey)
  return occurrence === null ? key : `${key}^${keyPart(occurrence)}`
}

/** Business key of an allergy: its number, else the substance and the category. */
export const allergyKey = (
  number: AssignedNumber | null,
  substance: string | null,
  category: string | null,
  scope: KeyScope,
): string => statementKey(number, [substance, category], scope)

/** Business key of a problem: its number, else its code. */
export const problemKey = (
  number: AssignedNumber | null,
  code: string | null,
  scope: KeyScope,
): string => statementKey(number, ['problem', code], scope)

/** Business key of a diagnosis: its number, else its code or words, its type and the visit. */
export const diagnosisKey = (
  number: AssignedNumber | null,
  {
    code,
    type,
    encounterId,
  }: { code: string | null; type: string | null; encounterId: string | null },
  scope: KeyScope,
): string => statementKey(number, [code, type, encounterId], scope)

/**
 * Business key of a vaccine dose that no number alone identifies: vaccine and time, after the
 * number that several doses of a message share, if there is one.
 *
 * @param number   business key of that number
 * @param vaccine  code, else text
 */
export const doseKey = (
  number: string | null,
  vaccine: string,
  givenAt: string | null,
  { patientKey, sender }: KeyScope,
): string => {
  const dose = timed(vaccine, '', givenAt)
  return number === null ? wordKey(dose, sender, patientKey) : `${number}^${dose}`
}

/** Of the key of an observation in its report: what it is, before `|` and its number there. */
export const observationIdentity = (code: string, subId: string | null): string =>
  `${keyPart(code, '|')}|${keyPart(subId ?? '', '|')}`
