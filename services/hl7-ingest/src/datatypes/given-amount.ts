import { leaveFields, text } from '@tideway/hl7v2/lexer/fields'
import { type Quantity, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readAmount } from './quantity.ts'
import { readUnit } from './ce.ts'

/** Nines that stand for an amount nobody recorded. CDC implementation guide 2.5.1, RXA-6. */
const nines = /^9{3,}(\.0*)?$/

/** RXA-20 of a dose that was refused or not given: there is no amount. HL7 table 0322. */
const notGiven: ReadonlySet<string | null> = new Set(['RE', 'NA'])

/** An amount without a number, in words. */
const notRecorded = (): Quantity => ({
  ...unsaid.Quantity(),
  unit: { ...unsaid.Coded(), text: 'amount not recorded' },
})

/**
 * The amount given, RXA-6 with its unit RXA-7. `999` without a unit is not an amount; of a vaccine
 * it never is, because its guides require the number and some senders add a unit.
 */
export const readGivenAmount = (rxa: Segment, isVaccine: boolean): Quantity | null => {
  const value = text(rxa, 6)
  if (value === null) return null
  const unit = readUnit(rxa, 7)
  if (nines.test(value) && (isVaccine || unit === null)) {
    leaveFields(rxa, [7])
    return notGiven.has(text(rxa, 20)?.toUpperCase() ?? null) ? null : notRecorded()
  }
  return isVaccine ? { ...unsaid.Quantity(), value, unit } : readAmount(rxa, 6, 7)
}
