import type { CodeableConcept, Reference } from '@medplum/fhirtypes'
import { type Performer, unsaid } from '@tideway/schemas/events.generated'
import type { FhirMessage, Resource } from '../normalise/message.ts'
import { readCoded } from './coded.ts'
import { readOrganisation, readPractitioner } from './practitioner.ts'

/**
 * A performer with their role and organisation; null if it has neither a person nor an
 * organisation.
 */
export const readPerformer = (
  actor: Reference | null | undefined,
  role: CodeableConcept | undefined,
  onBehalfOf: Reference | undefined,
  from: Resource,
  message: FhirMessage,
): Performer | null => {
  const practitioner = readPractitioner(actor, from, message)
  const organisation =
    readOrganisation(onBehalfOf, from, message) ?? readOrganisation(actor, from, message)
  return practitioner === null && organisation === null
    ? null
    : { ...unsaid.Performer(), practitioner, role: readCoded(role), organisation }
}
