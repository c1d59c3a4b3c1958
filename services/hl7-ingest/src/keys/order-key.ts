import { orderKey as keyOfOrder, preferredNumber } from '@tideway/record/keys/clinical-keys'
import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { type EntityNumber, numberIn } from '../datatypes/ei.ts'
import { assigned, scopeOf } from './business-key.ts'

/** What identifies an order: its numbers, else its group, service and time. */
export type OrderNames = {
  placer: EntityNumber
  filler: EntityNumber
  /** ODS code of who assigned the placer's number, where a response says so; else null. */
  placerOwner: string | null
  group: string | null
  service: string | null
  at: string | null
}

/**
 * Business key of an order; see `orderKey` of the record.
 *
 * @param at  place reported if nothing identifies the order, e.g. `ORC-2`
 * @throws IngestError MISSING_FIELD
 */
export const orderKey = (
  { placer, filler, placerOwner, ...names }: OrderNames,
  at: string,
  patientKey: string,
  context: Context,
): string => {
  const numbers = { placer: numberIn(placer), filler: numberIn(filler) }
  const number = assigned(preferredNumber('order', numbers), context)
  const isOfReceiver =
    number !== null &&
    placerOwner !== null &&
    numbers.placer !== null &&
    number.owner === context.source.ods
  const key = keyOfOrder(
    isOfReceiver ? { ...number, owner: placerOwner } : number,
    names,
    scopeOf(patientKey, context),
  )
  if (key === null) throw new IngestError('MISSING_FIELD', at)
  return key
}
