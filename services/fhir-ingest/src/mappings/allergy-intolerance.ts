import type { AllergyIntoleranceReaction, CodeableConcept, Reference } from '@medplum/fhirtypes'
import { type AllergyReported, type Reaction, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded, wordOf } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readNotes } from '../values/notes.ts'
import { lookUp } from '../values/look-up.ts'
import { onsetWords } from '../values/onset-words.ts'
import { readPerformer } from '../values/performer.ts'
import { readPractitioner } from '../values/practitioner.ts'
import { readAllergyStatus, readAllergyVerification } from '@tideway/record/status/allergy-status'
import { statusAs } from '@tideway/record/status/status-table'

/** FHIR allergy-intolerance-category, as HL7 table 0127. */
const categories: Readonly<Record<string, string>> = {
  food: 'FOOD',
  medication: 'DRUG',
  environment: 'ENVIRONMENT',
  biologic: 'BIOLOGIC',
}

const reactionOf = ({
  manifestation,
  severity,
  onset,
  exposureRoute,
  description,
  note,
}: AllergyIntoleranceReaction): Reaction => ({
  ...unsaid.Reaction(),
  manifestations: readAllCoded(manifestation ?? []),
  severity: severity ?? null,
  at: onset ?? null,
  route: readCoded(exposureRoute),
  notes: [description, ...(note ?? []).map(({ text }) => text)].filter(
    (text) => text !== undefined,
  ),
})

const allergyOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): AllergyReported => {
  const [category] = takeAll<string>(resource, 'category')
  const reactions = takeAll<AllergyIntoleranceReaction>(resource, 'reaction')
  return {
    ...unsaid.AllergyReported(),
    allergyId: businessKey(resource, patientKey, message),
    code: readCoded(take<CodeableConcept>(resource, 'code')) ?? noCode,
    category: category === undefined ? null : (lookUp(categories, category) ?? category),
    propensity: take<string>(resource, 'type'),
    severity: reactions.find(({ severity }) => severity !== undefined)?.severity ?? null,
    criticality: take<string>(resource, 'criticality'),
    reactions: reactions.map(reactionOf),
    ...statusAs(
      'clinicalStatus',
      readAllergyStatus(
        wordOf(take<CodeableConcept>(resource, 'clinicalStatus')),
        'ALLERGYINTOLERANCE_CLINICAL',
      ),
    ),
    ...statusAs(
      'verificationStatus',
      readAllergyVerification(
        wordOf(take<CodeableConcept>(resource, 'verificationStatus')),
        'ALLERGYINTOLERANCE_VERIFICATION',
      ),
    ),
    onsetAt: take<string>(resource, 'onsetDateTime'),
    onsetText: onsetWords(resource, message),
    recordedAt: take<string>(resource, 'recordedDate'),
    reporter: readPerformer(
      take<Reference>(resource, 'asserter'),
      undefined,
      undefined,
      resource,
      message,
    ),
    recorder: readPractitioner(take<Reference>(resource, 'recorder'), resource, message),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: readNotes(resource),
  }
}

/** An allergy or intolerance, or a statement that none is known. */
export default {
  handles: ['AllergyIntolerance'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'patient', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, allergyOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
