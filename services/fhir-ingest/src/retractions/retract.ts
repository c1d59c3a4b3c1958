import type { Identifier, Reference } from '@medplum/fhirtypes'
import { withService } from '@tideway/record/keys/clinical-keys'
import { resourceSystems } from '@tideway/record/status/resource-status'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { fhirError } from '../errors.ts'
import { keyOfNumber } from '../keys/business-key.ts'
import { patientKeyOfReference } from '../keys/patient-key.ts'
import { happened } from '../mapping.ts'
import type { FhirMessage } from '../normalise/message.ts'
import { resourceAt } from '../normalise/resource-at.ts'
import { nhsNumberSystem, readIdentifier } from '../values/identifier.ts'
import { asFound, type FoundResource } from './found-resource.ts'
import { retractionOf } from './retraction-events.ts'
import { nameOfTarget, type RetractionTarget } from './target.ts'

/** Parameters that name the patient of a condition. */
const ofPatient: ReadonlySet<string> = new Set([
  'patient.identifier',
  'subject.identifier',
  'patient:identifier',
  'subject:identifier',
])

/** `system|value`, else null. */
const identifierIn = (
  token: string | undefined,
): Required<Pick<Identifier, 'system' | 'value'>> | null => {
  const bar = token?.indexOf('|') ?? -1
  if (token === undefined || bar < 1 || bar === token.length - 1) return null
  return { system: token.slice(0, bar), value: token.slice(bar + 1) }
}

/** Each parameter once; null if one is not supported, or sent twice. */
const conditionIn = (condition: URLSearchParams) => {
  const names = [...condition.keys()]
  const patients = names.filter((name) => ofPatient.has(name))
  const isKnown = names.every(
    (name) => name === 'identifier' || name === 'code' || ofPatient.has(name),
  )
  if (!isKnown || new Set(names).size !== names.length || patients.length > 1) return null
  return {
    identifier: identifierIn(condition.get('identifier') ?? undefined),
    patient: identifierIn(condition.get(patients[0] ?? '') ?? undefined),
    code: condition.get('code')?.replace(/^.*\|/, '') || null,
  }
}

/**
 * What a condition names, by the identifier of the resource and that of its patient. A report needs
 * its code too, which is part of its key; a Patient only its own identifier. The key of a request
 * follows from what it asks for, so a condition does not find it. Of several with one identifier it
 * names all.
 *
 * @throws FhirError CONDITION_UNKNOWN, or as `patientKeyOfReference`
 */
const foundByCondition = (
  { type, condition }: RetractionTarget,
  place: string,
  message: FhirMessage,
): FoundResource[] => {
  const unknown = () => fhirError('CONDITION_UNKNOWN', `${place}.url`)
  const {
    identifier = null,
    patient = null,
    code = null,
  } = conditionIn(condition ?? new URLSearchParams()) ?? {}
  const isPatient = type === 'Patient'
  const whose = isPatient ? identifier : patient
  if (identifier === null || whose === null || (isPatient && patient !== null)) throw unknown()
  if (type === 'ServiceRequest' || (code === null) === (type === 'DiagnosticReport'))
    throw unknown()
  const resource = resourceAt(
    { resourceType: type, identifier: [identifier] },
    `${place}.url`,
    null,
  )
  const reference: Reference = { identifier: whose }
  const patientKey = patientKeyOfReference(reference, resource, `${place}.url`, message)
  if (patientKey === null || (identifier.system === nhsNumberSystem && !isPatient)) throw unknown()
  const number = readIdentifier(identifier, message.source)
  if (isPatient || number === null) return [{ patientKey, key: '' }]
  const own = keyOfNumber(number, patientKey, message)
  const plain = code === null ? own : withService(own, code)
  return message.numbers.keysOf(type, patientKey, plain).map((key) => ({
    patientKey,
    key: Object.hasOwn(resourceSystems, type) ? `${type} ${key}` : key,
  }))
}

/**
 * What the client sent before by type and id. Where it is not known, another process may have
 * received it a moment ago: the message is normalised once more when all that is durable was read.
 *
 * @throws FhirError NO_SUCH_RESOURCE
 */
const foundById = (
  target: RetractionTarget,
  place: string,
  { outside }: FhirMessage,
): FoundResource => {
  const name = nameOfTarget(target)
  const known = outside.statedBefore([name])
  const found = known === null ? null : asFound(known)
  if (known === null || found === null) {
    outside.lookFor(name)
    throw fhirError('NO_SUCH_RESOURCE', `${place}.url`)
  }
  outside.use(known)
  return found
}

/**
 * The event of a DELETE, or of a PATCH that says no more: what its resource stated was entered in
 * error. It leaves the current lists, and is shown as withdrawn.
 *
 * @param place  of the request, e.g. `Bundle.entry[0].request`
 * @throws FhirError UNSUPPORTED_METHOD, CONDITION_UNKNOWN, NO_SUCH_RESOURCE, or that of the patient
 * @see FHIR R4, RESTful API, delete
 */
export const retract = (
  target: RetractionTarget,
  place: string,
  message: FhirMessage,
): DraftEvent[] => {
  const retraction = retractionOf(target.type)
  if (retraction === null) throw fhirError('UNSUPPORTED_METHOD', `${place}.url`)
  const found =
    target.id === null
      ? foundByCondition(target, place, message)
      : [foundById(target, place, message)]
  return found.map(({ patientKey, key, parts = [] }, index) =>
    happened(
      patientKey,
      { place: index === 0 ? place : `${place}.url[${index}]` },
      retraction.eventOf(key, place, parts),
    ),
  )
}
