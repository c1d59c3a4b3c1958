import type { EncounterDiagnosis } from '@medplum/fhirtypes'
import { findReferenced } from '@tideway/fhir/references'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { statementKey } from '@tideway/record/keys/business-key'
import { unsaid } from '@tideway/schemas/events.generated'
import { happened } from '../mapping.ts'
import { type FhirMessage, type Resource, takeAll } from '../normalise/message.ts'
import { textCoded, wordOf } from './coded.ts'

/** An encounter with a condition as its diagnosis. */
export type Diagnosed = { encounter: Resource; use: string | null; rank: string | null }

const known = new WeakMap<FhirMessage, ReadonlyMap<Resource, Diagnosed>>()

const conditionsOf = (encounter: Resource, message: FhirMessage): [Resource, Diagnosed][] =>
  takeAll<EncounterDiagnosis>(encounter, 'diagnosis').flatMap(({ condition, use, rank }) => {
    const to = condition?.reference
    const resource = to === undefined ? null : findReferenced(to, encounter, message.byReference)
    if (resource?.type !== 'Condition') return []
    const ranked = rank === undefined ? null : String(rank)
    return [[resource, { encounter, use: wordOf(use), rank: ranked }]]
  })

/** Of several encounters that name one the first counts. */
const findAll = (message: FhirMessage): ReadonlyMap<Resource, Diagnosed> =>
  new Map(
    message.resources
      .filter(({ type }) => type === 'Encounter')
      .flatMap((encounter) => conditionsOf(encounter, message))
      .toReversed(),
  )

/** The encounter of the submission that names a condition as its diagnosis; null if none does. */
export const diagnosedAt = (condition: Resource, message: FhirMessage): Diagnosed | null => {
  const all = known.get(message) ?? findAll(message)
  known.set(message, all)
  return all.get(condition) ?? null
}

/**
 * Diagnoses that an encounter names in words alone: each is a diagnosis of the visit. Others are
 * Conditions of their own.
 *
 * @see FHIR R4, Encounter.diagnosis
 */
export const diagnosesInWords = (
  resource: Resource,
  encounterId: string,
  patientKey: string,
  message: FhirMessage,
): DraftEvent[] =>
  takeAll<EncounterDiagnosis>(resource, 'diagnosis').flatMap(({ condition, use, rank }, index) => {
    const words = condition?.display
    if (words === undefined || condition?.reference !== undefined || condition?.identifier)
      return []
    const code = textCoded(words) ?? unsaid.Coded()
    return [
      happened(
        patientKey,
        { place: `${resource.place}.diagnosis[${index}]` },
        {
          ...unsaid.ConditionReported(),
          conditionId: statementKey(null, [words, encounterId], {
            patientKey,
            sender: message.source.ods,
          }),
          category: 'diagnosis',
          code,
          text: words,
          diagnosisType: wordOf(use),
          rank: rank === undefined ? null : String(rank),
          encounterId,
        },
      ),
    ]
  })
