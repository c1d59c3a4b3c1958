import type {
  CodeableConcept,
  Dosage,
  Identifier,
  MedicationRequestDispenseRequest,
  MedicationRequestSubstitution,
  Reference,
} from '@medplum/fhirtypes'
import { type MedicationPrescribed, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference } from '../keys/business-key.ts'
import { numbersOf } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readAllCoded, readCoded, wordOf } from '../values/coded.ts'
import { readDosage } from '../values/dosage.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readMedicine } from '../values/medication.ts'
import { readNotes } from '../values/notes.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { readQuantity } from '../values/quantity.ts'
import { readPrescriptionStatus } from '@tideway/record/status/order-status'

const supplyOf = (
  resource: Resource,
  message: FhirMessage,
): Pick<
  MedicationPrescribed,
  'quantity' | 'refills' | 'daysSupply' | 'pharmacy' | 'startAt' | 'endAt'
> => {
  const supply = take<MedicationRequestDispenseRequest>(resource, 'dispenseRequest')
  const days = supply?.expectedSupplyDuration
  const isDays = days?.code === 'd' || /^days?$/i.test(days?.unit ?? '')
  return {
    quantity: readQuantity(supply?.quantity, message),
    refills:
      supply?.numberOfRepeatsAllowed === undefined ? null : String(supply.numberOfRepeatsAllowed),
    daysSupply: isDays ? (readQuantity(days, message)?.value ?? null) : null,
    pharmacy: readOrganisation(
      supply?.performer === undefined ? null : { type: 'Organization', ...supply.performer },
      resource,
      message,
    ),
    startAt: supply?.validityPeriod?.start ?? null,
    endAt: supply?.validityPeriod?.end ?? null,
  }
}

const substitutionOf = (resource: Resource): string | null => {
  const substitution = take<MedicationRequestSubstitution>(resource, 'substitution')
  return substitution?.allowedBoolean === undefined
    ? wordOf(substitution?.allowedCodeableConcept)
    : String(substitution.allowedBoolean)
}

const prescriptionOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): MedicationPrescribed => {
  const numbers = numbersOf(resource, 'PLAC', message)
  const { medication, form, components } = readMedicine(resource, message)
  const group = take<Identifier>(resource, 'groupIdentifier')
  const requester = take<Reference>(resource, 'requester')
  const [based] = takeAll<Reference>(resource, 'basedOn')
  const [category] = takeAll<CodeableConcept>(resource, 'category')
  return {
    ...unsaid.MedicationPrescribed(),
    prescriptionId: businessKey(resource, patientKey, message),
    kind: 'prescription',
    intent: take<string>(resource, 'intent'),
    doNotPerform: take<boolean>(resource, 'doNotPerform'),
    placerNumber: numbers.placer?.value ?? null,
    fillerNumber: numbers.filler?.value ?? null,
    prescriptionNumber: group?.value ?? null,
    groupNumber: group?.value ?? null,
    parentNumber: keyOfReference(
      take<Reference>(resource, 'priorPrescription') ?? based,
      resource,
      patientKey,
      message,
    ),
    ...readPrescriptionStatus(take(resource, 'status'), 'MEDICATIONREQUEST_STATUS'),
    statusReason: readCoded(take<CodeableConcept>(resource, 'statusReason')),
    medication,
    form,
    components,
    ...readDosage(takeAll<Dosage>(resource, 'dosageInstruction'), message),
    ...supplyOf(resource, message),
    substitution: substitutionOf(resource),
    prescribedAt: take<string>(resource, 'authoredOn'),
    prescribers: readPractitioners(requester === null ? [] : [requester], resource, message),
    organisation: readOrganisation(requester, resource, message),
    indications: readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode')),
    setting: wordOf(category),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: readNotes(resource),
  }
}

/** A prescription; a cancellation is the same item with another status. */
export default {
  handles: ['MedicationRequest'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, prescriptionOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
