import type {
  CodeableConcept,
  Identifier,
  Period,
  Reference,
  SpecimenCollection,
  SpecimenContainer,
} from '@medplum/fhirtypes'
import { type Specimen, unsaid } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { fhirError } from '../errors.ts'
import { requireSame } from '../keys/subject.ts'
import { resolve } from '../normalise/resolve.ts'
import { readAllCoded, readCoded } from './coded.ts'
import { readNotes } from './notes.ts'
import { readQuantity } from './quantity.ts'

const numberOf = (resource: Resource): string | null =>
  take<Identifier>(resource, 'accessionIdentifier')?.value ??
  takeAll<Identifier>(resource, 'identifier')[0]?.value ??
  null

const collectionOf = (
  collection: SpecimenCollection | null,
  message: FhirMessage,
): Pick<Specimen, 'method' | 'site' | 'amount' | 'collectedAt' | 'collectedUntil'> => {
  const period: Period | undefined = collection?.collectedPeriod
  return {
    method: readCoded(collection?.method),
    site: readCoded(collection?.bodySite),
    amount: readQuantity(collection?.quantity, message),
    collectedAt: collection?.collectedDateTime ?? period?.start ?? null,
    collectedUntil: period?.end ?? null,
  }
}

const specimenOf = (resource: Resource, message: FhirMessage): Specimen => {
  const [container] = takeAll<SpecimenContainer>(resource, 'container')
  const [condition] = takeAll<CodeableConcept>(resource, 'condition')
  return {
    ...unsaid.Specimen(),
    specimenId: numberOf(resource),
    parentIds: takeAll<Reference>(resource, 'parent')
      .map((one) => one.identifier?.value)
      .filter((one) => one !== undefined),
    type: readCoded(take<CodeableConcept>(resource, 'type')),
    ...collectionOf(take<SpecimenCollection>(resource, 'collection'), message),
    receivedAt: take<string>(resource, 'receivedTime'),
    available: take<string>(resource, 'status'),
    condition: readAllCoded(condition === undefined ? [] : [condition]),
    container: readCoded(container?.type),
    notes: readNotes(resource),
    place: resource.place,
  }
}

/**
 * The referenced specimen: from the resource if it was sent, else its number. Null if nothing
 * identifies it.
 *
 * @throws FhirError SEVERAL_PATIENTS
 */
const readSpecimen = (
  reference: Reference,
  from: Resource,
  patientKey: string,
  message: FhirMessage,
): Specimen | null => {
  const found = resolve(reference, from, message)
  if (found?.type === 'Specimen') {
    requireSame(found, patientKey, message)
    const owner = message.outside.knownOf(found)?.patientKey ?? patientKey
    if (owner !== patientKey) throw fhirError('SEVERAL_PATIENTS', `${from.place}.specimen`)
    return specimenOf(found, message)
  }
  const number = reference.identifier?.value ?? reference.display
  return number === undefined ? null : { ...unsaid.Specimen(), specimenId: number }
}

export const readSpecimens = (
  references: readonly Reference[],
  from: Resource,
  patientKey: string,
  message: FhirMessage,
): Specimen[] =>
  references
    .map((one) => readSpecimen(one, from, patientKey, message))
    .filter((one) => one !== null)
