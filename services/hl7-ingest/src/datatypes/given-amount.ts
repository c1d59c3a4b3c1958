import { text } from '@tideway/hl7v2/lexer/fields'
import { type Quantity, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readAmount } from './quantity.ts'
import { readCoded } from './ce.ts'

/** Nines that stand for an amount nobody recorded. CDC implementation guide 2.5.1, RXA-6. */
const nines = /^9{3,}(\.0*)?$/

/** An amount without a number, in words. */
export const notRecorded = (): Quantity => ({
  ...unsaid.Quantity(),
  unit: { ...unsaid.Coded(), text: 'amount not recorded' },
})

/**
 * The amount given, RXA-6 with its unit RXA-7. `999` without a unit is not an amount; of a vaccine
 * it never is, because its guides require the number and some senders add a unit.
 */
export const readGivenAmount = (rxa: Segment, isVaccine: boolean): Quantity | null => {
  const isNines = nines.test(text(rxa, 6) ?? '')
  return isNines && (isVaccine || readCoded(rxa, 7) === null)
    ? notRecorded()
    : readAmount(rxa, 6, 7)
}
