import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readQuantity } from '../datatypes/cq.ts'
import { readAmount } from '../datatypes/quantity.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readWords } from '../datatypes/words.ts'
import { dosageTextOf, type MedicineFields, noMedicine } from '../composites/medicines/medicine.ts'
import { readPharmacy } from '../composites/medicines/pharmacy.ts'

/**
 * RXE, a medicine as encoded by the pharmacy, without its timing (RXE-1). Not used: needs human
 * review (20), package (28 to 30), formulary (36, 37), pharmacy of last fill (38), delivery
 * location (43).
 *
 * @see HL7 v2.5.1 chapter 4.14.4
 */
export const readRxe = (rxe: Segment, context: Context): MedicineFields => {
  const instructions = readWords(rxe, 7)
  return {
    ...noMedicine,
    medication: readCoded(rxe, 2),
    dose: readAmount(rxe, 3, 5),
    doseMax: readAmount(rxe, 4, 5),
    form: readCoded(rxe, 6),
    instructions,
    dosageText: dosageTextOf(instructions),
    dispenseTo: readLocation(rxe, 42) ?? readLocation(rxe, 8),
    substitution: text(rxe, 9),
    quantity: readAmount(rxe, 10, 11),
    refills: text(rxe, 12),
    prescribers: readPractitioners(rxe, 13),
    verifiers: readPractitioners(rxe, 14),
    prescriptionNumber: text(rxe, 15),
    refillsLeft: text(rxe, 16),
    refillsUsed: text(rxe, 17),
    lastDispensedAt: optionalTime(rxe, 18, context),
    totalDailyDose: readQuantity(rxe, 19),
    pharmacyInstructions: readWords(rxe, 21),
    givenPer: text(rxe, 22),
    rate: readAmount(rxe, 23, 24),
    strength: readAmount(rxe, 25, 26),
    indications: readCodes(rxe, 27),
    supplementaryCodes: readCodes(rxe, 31),
    prescribedAt: optionalTime(rxe, 32, context),
    strengthVolume: readAmount(rxe, 33, 34),
    controlledSchedule: readCoded(rxe, 35),
    initialQuantity: readAmount(rxe, 39, 11),
    pharmacy: readPharmacy(rxe, 40, 41, 45),
    orderType: text(rxe, 44),
  }
}
