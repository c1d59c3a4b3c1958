import type {
  CodeableConcept,
  Dosage,
  MedicationDispensePerformer,
  MedicationDispenseSubstitution,
  Quantity,
  Reference,
} from '@medplum/fhirtypes'
import { type MedicationDispensed, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readCoded } from '../values/coded.ts'
import { amountWords } from '../values/dose-amount.ts'
import { type Dose, readDosage } from '../values/dosage.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readMedicine } from '../values/medication.ts'
import { readNotes } from '../values/notes.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { readQuantity } from '../values/quantity.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readDispenseStatus } from '@tideway/record/status/order-status'

/** A dispense has one dose and no rate: a range and a rate are in the text. */
const dosageOf = ({ doseMax, rate, ...dosage }: Dose): Omit<Dose, 'doseMax' | 'rate'> => {
  if (doseMax === null && rate === null) return dosage
  const words = amountWords({ dose: doseMax === null ? null : dosage.dose, doseMax, rate })
  return {
    ...dosage,
    dose: doseMax === null ? dosage.dose : null,
    dosageText: [dosage.dosageText, words].filter((part) => part !== null).join('\n') || null,
  }
}

const dispenseOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): MedicationDispensed => {
  const actors = takeAll<MedicationDispensePerformer>(resource, 'performer').flatMap(({ actor }) =>
    actor === undefined ? [] : [actor],
  )
  const [authorising] = takeAll<Reference>(resource, 'authorizingPrescription')
  const dosage = dosageOf(readDosage(takeAll<Dosage>(resource, 'dosageInstruction'), message))
  const prepared = take<string>(resource, 'whenPrepared')
  return {
    ...unsaid.MedicationDispensed(),
    dispenseId: businessKey(resource, patientKey, message),
    prescriptionId: keyOfReference(authorising, resource, patientKey, message),
    fillerNumber: firstIdentifier(resource, message)?.value ?? null,
    ...statedStatus(
      resource,
      readDispenseStatus(take(resource, 'status'), 'MEDICATIONDISPENSE_STATUS'),
    ),
    statusReason: readCoded(take<CodeableConcept>(resource, 'statusReasonCodeableConcept')),
    ...readMedicine(resource, message),
    ...dosage,
    quantity: readQuantity(take<Quantity>(resource, 'quantity'), message),
    dispensedAt: take<string>(resource, 'whenHandedOver') ?? prepared,
    daysSupply: readQuantity(take<Quantity>(resource, 'daysSupply'), message)?.value ?? null,
    substitution:
      String(
        take<MedicationDispenseSubstitution>(resource, 'substitution')?.wasSubstituted ?? '',
      ) || null,
    dispensers: readPractitioners(actors, resource, message),
    pharmacy:
      actors.map((one) => readOrganisation(one, resource, message)).find((one) => one !== null) ??
      null,
    encounterId: readEncounterId(resource, patientKey, message, 'context'),
    notes: readNotes(resource),
  }
}

/** A medicine dispensed or not dispensed. */
export default {
  handles: ['MedicationDispense'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, dispenseOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
