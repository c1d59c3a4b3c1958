import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readAmount } from '../datatypes/quantity.ts'
import { dosageTextOf, type MedicineFields, noMedicine } from '../composites/medicines/medicine.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readWords } from '../datatypes/words.ts'

/**
 * RXG, a medicine to be given, without its timing (RXG-3). Not used: dispense counter (2), needs
 * human review (12), barcode (25), addresses (28, 30).
 *
 * @see HL7 v2.5.1 chapter 4.14.6
 */
export const readRxg = (rxg: Segment, context: Context): MedicineFields => {
  const instructions = [...readWords(rxg, 13), ...readWords(rxg, 9)]
  return {
    ...noMedicine,
    medication: readCoded(rxg, 4),
    dose: readAmount(rxg, 5, 7),
    doseMax: readAmount(rxg, 6, 7),
    form: readCoded(rxg, 8),
    instructions,
    dosageText: dosageTextOf(instructions),
    substitution: text(rxg, 10),
    dispenseTo: readLocation(rxg, 29) ?? readLocation(rxg, 11),
    givenPer: text(rxg, 14),
    rate: readAmount(rxg, 15, 16),
    strength: readAmount(rxg, 17, 18),
    lots: readTexts(rxg, 19),
    expiresAt: optionalTime(rxg, 20, context),
    manufacturer: readCoded(rxg, 21),
    indications: readCodes(rxg, 22),
    strengthVolume: readAmount(rxg, 23, 24),
    orderType: text(rxg, 26),
  }
}
