import type {
  CodeableConcept,
  MedicationBatch,
  MedicationIngredient,
  Reference,
} from '@medplum/fhirtypes'
import { type Coded, type MedicationComponent, unsaid } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'
import { noCode, readCoded, textCoded } from './coded.ts'
import { readRate } from './quantity.ts'

export type SentMedicine = {
  medication: Coded | null
  form: Coded | null
  components: MedicationComponent[]
  lots: string[]
  expiresAt: string | null
  manufacturer: Coded | null
}

const unknown: SentMedicine = {
  medication: null,
  form: null,
  components: [],
  lots: [],
  expiresAt: null,
  manufacturer: null,
}

const componentOf = (
  { itemCodeableConcept, itemReference, strength }: MedicationIngredient,
  message: FhirMessage,
): MedicationComponent => ({
  ...unsaid.MedicationComponent(),
  code: readCoded(itemCodeableConcept) ?? textCoded(itemReference?.display) ?? noCode,
  strength: readRate(strength, message),
})

/** The medicine: by code, by a Medication in the submission, or by the display of the reference. */
export const readMedicine = (resource: Resource, message: FhirMessage): SentMedicine => {
  const concept = take<CodeableConcept>(resource, 'medicationCodeableConcept')
  const reference = take<Reference>(resource, 'medicationReference')
  if (concept !== null) return { ...unknown, medication: readCoded(concept) }
  const found = resolve(reference, resource, message)
  if (found?.type !== 'Medication') return { ...unknown, medication: textCoded(reference?.display) }
  const batch = take<MedicationBatch>(found, 'batch')
  return {
    medication: readCoded(take<CodeableConcept>(found, 'code')) ?? textCoded(reference?.display),
    form: readCoded(take<CodeableConcept>(found, 'form')),
    components: takeAll<MedicationIngredient>(found, 'ingredient').map((one) =>
      componentOf(one, message),
    ),
    lots: batch?.lotNumber === undefined ? [] : [batch.lotNumber],
    expiresAt: batch?.expirationDate ?? null,
    manufacturer: textCoded(take<Reference>(found, 'manufacturer')?.display),
  }
}
