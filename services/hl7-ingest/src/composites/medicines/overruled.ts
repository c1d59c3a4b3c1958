import { leaveFields } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import type { Order } from '../orders/order.ts'
import type { MedicineFields } from './medicine.ts'

/** Prescribers, verifiers and time in RXO and RXE; those of the ORC take precedence. */
const overruled: Readonly<Record<string, readonly [number, number, number]>> = {
  RXO: [14, 15, 0],
  RXE: [13, 14, 32],
}

/** Lists those as unused that are not those of the ORC. */
export const leaveOverruled = (segment: Segment, order: Order, medicine: MedicineFields): void => {
  const fields = overruled[segment.name]
  if (fields === undefined) return
  const pairs = [
    [order.orderers, medicine.prescribers],
    [order.verifiers, medicine.verifiers],
    [order.transactionAt ?? [], medicine.prescribedAt ?? []],
  ] as const
  for (const [index, [first, second]] of pairs.entries())
    if (first.length > 0 && second.length > 0 && JSON.stringify(first) !== JSON.stringify(second))
      leaveFields(segment, [fields[index] as number])
}
