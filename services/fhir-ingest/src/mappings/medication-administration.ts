import type {
  CodeableConcept,
  MedicationAdministrationDosage,
  MedicationAdministrationPerformer,
  Period,
  Reference,
} from '@medplum/fhirtypes'
import { type MedicationGiven, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, keyOfReference } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readAllCoded, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readMedicine } from '../values/medication.ts'
import { readNotes } from '../values/notes.ts'
import { readPerformer } from '../values/performer.ts'
import { readQuantity, readRate } from '../values/quantity.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readCompletionStatus } from '@tideway/record/status/completion-status'

const givenOf = (resource: Resource, patientKey: string, message: FhirMessage): MedicationGiven => {
  const { components: _components, ...medicine } = readMedicine(resource, message)
  const dosage = take<MedicationAdministrationDosage>(resource, 'dosage')
  const period = take<Period>(resource, 'effectivePeriod')
  const performers = takeAll<MedicationAdministrationPerformer>(resource, 'performer').map((one) =>
    readPerformer(one.actor, one.function, undefined, resource, message),
  )
  return {
    ...unsaid.MedicationGiven(),
    administrationId: businessKey(resource, patientKey, message),
    prescriptionId: keyOfReference(
      take<Reference>(resource, 'request'),
      resource,
      patientKey,
      message,
    ),
    fillerNumber: firstIdentifier(resource, message)?.value ?? null,
    ...medicine,
    dose: readQuantity(dosage?.dose, message),
    rate: readQuantity(dosage?.rateQuantity, message) ?? readRate(dosage?.rateRatio, message),
    route: readCoded(dosage?.route),
    site: readCoded(dosage?.site),
    method: readCoded(dosage?.method),
    dosageText: dosage?.text ?? null,
    givenAt: take<string>(resource, 'effectiveDateTime') ?? period?.start ?? null,
    givenUntil: period?.end ?? null,
    ...statedStatus(
      resource,
      readCompletionStatus(take(resource, 'status'), 'MEDICATION_ADMIN_STATUS'),
    ),
    refusalReasons: readAllCoded(takeAll<CodeableConcept>(resource, 'statusReason')),
    indications: readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode')),
    performers: performers.filter((one) => one !== null),
    encounterId: readEncounterId(resource, patientKey, message, 'context'),
    notes: readNotes(resource),
  }
}

/** A medicine given or not given. */
export default {
  handles: ['MedicationAdministration'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, givenOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
