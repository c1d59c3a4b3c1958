import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readNumberAlone } from '../../datatypes/ei.ts'
import { readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import type { OrderPart } from '../../groups/order-groups.ts'
import type { KeyedOrder } from './order-of.ts'

/**
 * Numbers of the OBR that differ from the ORC's, an alternate number (OBR-53), and a parent
 * (OBR-29) that differs from the ORC's.
 */
export const otherNumbersOf = (part: OrderPart | null, { order }: KeyedOrder): string[] => {
  if (part?.segment.name !== 'OBR') return []
  const { segment: obr } = part
  const parent = readNumberPair(obr, 29)
  const numbers = [
    numberBeside(order.placer.number, obr, 2),
    numberBeside(order.filler.number, obr, 3),
    readNumberAlone(obr, 53),
  ]
  if (order.parentPlacerNumber !== null && parent.placer !== order.parentPlacerNumber)
    numbers.push(parent.placer)
  if (order.parentFillerNumber !== null && parent.filler !== order.parentFillerNumber)
    numbers.push(parent.filler)
  return [...new Set(numbers.filter((number) => number !== null))]
}

/**
 * Compared first: a number equal to the order's own counts as used, with its assigning authority.
 */
const numberBeside = (known: string | null, obr: Segment, field: number): string | null =>
  decoded(obr.message, componentsOf(obr.message, obr.fields[field] ?? '')[0])?.trimStart() === known
    ? null
    : other(readNumberAlone(obr, field), known)

const other = (number: string | null, known: string | null): string | null =>
  number === known ? null : number
