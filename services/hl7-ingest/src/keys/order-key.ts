import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { type EntityNumber, numberIn } from '../datatypes/ei.ts'
import { keyOfNumber, keyOfWords } from './business-key.ts'

/** What identifies an order: its numbers, else its group, service and time. */
export type OrderNames = {
  placer: EntityNumber
  filler: EntityNumber
  group: string | null
  service: string | null
  at: string | null
}

/**
 * Business key of an order: placer number, else filler number, so that a message that only cancels
 * it (ORC alone) meets it; else group number, service and time.
 *
 * @param at  the place in the error where nothing identifies the order, e.g. `ORC-2`
 * @throws IngestError MISSING_FIELD
 */
export const orderKey = (
  { placer, filler, group, service, at: time }: OrderNames,
  at: string,
  patientKey: string,
  context: Context,
): string => {
  const number = numberIn(placer) ?? numberIn(filler)
  if (number !== null) return keyOfNumber(number, patientKey, context)
  if (service === null) throw new IngestError('MISSING_FIELD', at)
  return keyOfWords(
    `${group === null ? '' : `${group}^`}${service}@${time ?? ''}`,
    patientKey,
    context,
  )
}

/**
 * Orders of one message whose services differ are told apart by them where they share a number;
 * those without a number, where nothing differs, by which of them it is. The same number and
 * service again is the same order.
 */
export const distinguishByService = <
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
        ? { ...order, key: `${key}^${service}` }
        : order
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 ? order : { ...order, key: `${key}#${times}` }
  })
}
