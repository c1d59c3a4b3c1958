import { text } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readQuantity } from '../datatypes/cq.ts'
import { readAmount } from '../datatypes/quantity.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readWords } from '../datatypes/words.ts'
import { readPharmacy } from '../composites/medicines/pharmacy.ts'
import { dosageTextOf, type MedicineFields, noMedicine } from '../composites/medicines/medicine.ts'

/**
 * RXO, a medicine as ordered by the prescriber. Not used: needs human review (16), delivery
 * location (35).
 *
 * @see HL7 v2.5.1 chapter 4.14.1
 */
export const readRxo = (rxo: Segment): MedicineFields => {
  const instructions = readWords(rxo, 7)
  return {
    ...noMedicine,
    medication: readCoded(rxo, 1),
    dose: readAmount(rxo, 2, 4),
    doseMax: readAmount(rxo, 3, 4),
    form: readCoded(rxo, 5),
    pharmacyInstructions: readWords(rxo, 6),
    instructions,
    dosageText: dosageTextOf(instructions),
    dispenseTo: readLocation(rxo, 34) ?? readLocation(rxo, 8),
    substitution: text(rxo, 9),
    dispenseProduct: readCoded(rxo, 10),
    quantity: readAmount(rxo, 11, 12),
    refills: text(rxo, 13),
    prescribers: readPractitioners(rxo, 14),
    verifiers: readPractitioners(rxo, 15),
    givenPer: text(rxo, 17),
    strength: readAmount(rxo, 18, 19),
    indications: readCodes(rxo, 20),
    rate: readAmount(rxo, 21, 22),
    totalDailyDose: readQuantity(rxo, 23),
    supplementaryCodes: readCodes(rxo, 24),
    strengthVolume: readAmount(rxo, 25, 26),
    orderType: text(rxo, 27),
    dispenseInterval: text(rxo, 28),
    pharmacy: readPharmacy(rxo, 32, 33, 36),
  }
}
