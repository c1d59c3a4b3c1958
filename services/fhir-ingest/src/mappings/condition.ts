import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { type ConditionReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded, wordOf } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readNotes } from '../values/notes.ts'
import { readPerformer } from '../values/performer.ts'
import {
  readConditionStatus,
  readConditionVerification,
} from '@tideway/record/status/condition-status'
import { statusAs } from '@tideway/record/status/status-table'

/** FHIR condition-category; the other code is problem-list-item. */
const ofEncounter = 'encounter-diagnosis'

const conditionOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ConditionReported => {
  const code = take<CodeableConcept>(resource, 'code')
  const [category] = takeAll<CodeableConcept>(resource, 'category')
  const onset = take<Period>(resource, 'onsetPeriod')
  const abatement = take<Period>(resource, 'abatementPeriod')
  const asserters = ['asserter', 'recorder'].map((name) =>
    readPerformer(take<Reference>(resource, name), undefined, undefined, resource, message),
  )
  return {
    ...unsaid.ConditionReported(),
    conditionId: businessKey(resource, patientKey, message),
    category: wordOf(category) === ofEncounter ? 'diagnosis' : 'problem',
    code: readCoded(code) ?? noCode,
    text: code?.text ?? null,
    ...statusAs(
      'clinicalStatus',
      readConditionStatus(
        wordOf(take<CodeableConcept>(resource, 'clinicalStatus')),
        'CONDITION_CLINICAL',
      ),
    ),
    ...statusAs(
      'verificationStatus',
      readConditionVerification(
        wordOf(take<CodeableConcept>(resource, 'verificationStatus')),
        'CONDITION_VER_STATUS',
      ),
    ),
    classification: wordOf(category),
    severity: readCoded(take<CodeableConcept>(resource, 'severity')),
    bodySites: readAllCoded(takeAll<CodeableConcept>(resource, 'bodySite')),
    onsetAt: take<string>(resource, 'onsetDateTime') ?? onset?.start ?? null,
    onsetText: take<string>(resource, 'onsetString'),
    abatedAt: take<string>(resource, 'abatementDateTime') ?? abatement?.end ?? null,
    recordedAt: take<string>(resource, 'recordedDate'),
    asserters: asserters.filter((one) => one !== null),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: readNotes(resource),
  }
}

/** A problem or a diagnosis. */
export default {
  handles: ['Condition'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, conditionOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
