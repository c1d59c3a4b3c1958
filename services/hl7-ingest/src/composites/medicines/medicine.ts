import type { MedicationPrescribed } from '@tideway/schemas/events.generated'

/** What RXO, RXE and RXG have about a medicine, each in different fields. */
export type MedicineFields = Pick<
  MedicationPrescribed,
  | 'medication'
  | 'form'
  | 'strength'
  | 'strengthVolume'
  | 'dose'
  | 'doseMax'
  | 'rate'
  | 'totalDailyDose'
  | 'dosageText'
  | 'instructions'
  | 'pharmacyInstructions'
  | 'quantity'
  | 'initialQuantity'
  | 'refills'
  | 'refillsLeft'
  | 'refillsUsed'
  | 'lastDispensedAt'
  | 'substitution'
  | 'prescriptionNumber'
  | 'prescribers'
  | 'verifiers'
  | 'indications'
  | 'dispenseInterval'
  | 'dispenseTo'
  | 'pharmacy'
  | 'dispenseProduct'
  | 'supplementaryCodes'
  | 'givenPer'
  | 'controlledSchedule'
  | 'orderType'
  | 'prescribedAt'
  | 'lots'
  | 'expiresAt'
  | 'manufacturer'
>

/** Instructions as one readable text; null if there are none. */
export const dosageTextOf = (instructions: readonly string[]): string | null =>
  instructions.length === 0 ? null : instructions.join('; ')

/** No field sent. */
export const noMedicine: Readonly<MedicineFields> = {
  medication: null,
  form: null,
  strength: null,
  strengthVolume: null,
  dose: null,
  doseMax: null,
  rate: null,
  totalDailyDose: null,
  dosageText: null,
  instructions: [],
  pharmacyInstructions: [],
  quantity: null,
  initialQuantity: null,
  refills: null,
  refillsLeft: null,
  refillsUsed: null,
  lastDispensedAt: null,
  substitution: null,
  prescriptionNumber: null,
  prescribers: [],
  verifiers: [],
  indications: [],
  dispenseInterval: null,
  dispenseTo: null,
  pharmacy: null,
  dispenseProduct: null,
  supplementaryCodes: [],
  givenPer: null,
  controlledSchedule: null,
  orderType: null,
  prescribedAt: null,
  lots: [],
  expiresAt: null,
  manufacturer: null,
}
