import { text } from '@tideway/hl7v2/lexer/fields'
import { type MedicationComponent, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { readAmount } from '../datatypes/quantity.ts'

/**
 * RXC, parts of a mixture. One without a code (RXC-2) is left unused.
 *
 * @see HL7 v2.5.1 chapter 4.14.3
 */
export const readComponents = (segments: readonly Segment[]): MedicationComponent[] =>
  segments.map(componentOf).filter((one) => one !== null)

const componentOf = (rxc: Segment): MedicationComponent | null => {
  const code = readCoded(rxc, 2)
  if (code === null) return null
  return {
    ...unsaid.MedicationComponent(),
    type: text(rxc, 1),
    code,
    amount: readAmount(rxc, 3, 4),
    strength: readAmount(rxc, 5, 6),
    supplementaryCodes: readCodes(rxc, 7),
    strengthVolume: readAmount(rxc, 8, 9),
  }
}
