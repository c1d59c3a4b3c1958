import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { type ConditionReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded, wordOf } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { diagnosedAt } from '../values/encounter-diagnoses.ts'
import { readNotes } from '../values/notes.ts'
import { onsetWords } from '../values/onset-words.ts'
import { readPerformer } from '../values/performer.ts'
import {
  readConditionStatus,
  readConditionVerification,
} from '@tideway/record/status/condition-status'
import { statusAs } from '@tideway/record/status/status-table'

/** FHIR condition-category. */
const ofEncounter = 'encounter-diagnosis'
const onProblemList = 'problem-list-item'

const conditionOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ConditionReported => {
  const code = take<CodeableConcept>(resource, 'code')
  const [category] = takeAll<CodeableConcept>(resource, 'category')
  const diagnosed = diagnosedAt(resource, message)
  const classification = wordOf(category)
  const isDiagnosis =
    classification === ofEncounter || (diagnosed !== null && classification !== onProblemList)
  const onset = take<Period>(resource, 'onsetPeriod')
  const abatement = take<Period>(resource, 'abatementPeriod')
  const abated = onsetWords(resource, message, 'abatement')
  const asserters = ['asserter', 'recorder'].map((name) =>
    readPerformer(take<Reference>(resource, name), undefined, undefined, resource, message),
  )
  return {
    ...unsaid.ConditionReported(),
    conditionId: businessKey(resource, patientKey, message),
    category: isDiagnosis ? 'diagnosis' : 'problem',
    diagnosisType: diagnosed?.use ?? null,
    rank: diagnosed?.rank ?? null,
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
    classification,
    severity: readCoded(take<CodeableConcept>(resource, 'severity')),
    bodySites: readAllCoded(takeAll<CodeableConcept>(resource, 'bodySite')),
    onsetAt: take<string>(resource, 'onsetDateTime') ?? onset?.start ?? null,
    onsetText: onsetWords(resource, message),
    abatedAt: take<string>(resource, 'abatementDateTime') ?? abatement?.end ?? null,
    recordedAt: take<string>(resource, 'recordedDate'),
    asserters: asserters.filter((one) => one !== null),
    encounterId:
      readEncounterId(resource, patientKey, message) ??
      (diagnosed === null ? null : businessKey(diagnosed.encounter, patientKey, message)),
    notes: [...readNotes(resource), ...(abated === null ? [] : [`Abatement: ${abated}`])],
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
