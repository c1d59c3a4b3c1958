import type { SubmissionEntry } from './open-submission.ts'
import { fault, fhirError } from '../errors.ts'
import { type Resource, take, unusedOf } from './message.ts'

const isModifier = (path: string): boolean => /\.(modifierExtension|implicitRules)$/.test(path)

/**
 * What may turn the meaning round and was not understood: the resource cannot be shown as if it
 * were not there.
 *
 * @param unused  elements that were not used, of all of them
 * @returns those that have one
 * @see FHIR R4, Extensibility, modifier extensions
 */
export const refuseModifiers = (
  entries: readonly SubmissionEntry[],
  unused: readonly string[],
): Resource[] => {
  const modified: Resource[] = []
  if (!unused.some(isModifier)) return modified
  for (const { resource, faults } of entries) {
    const path =
      resource === null || resource.marks.size === 0
        ? undefined
        : unusedOf(resource).find(isModifier)
    if (resource === null || path === undefined) continue
    faults.push(fault('UNKNOWN_MODIFIER', `${resource.place}${path.slice(path.indexOf('.'))}`))
    modified.push(resource)
  }
  return modified
}

/**
 * A request that something be not done. Shown as one it would be done. @throws FhirError
 * UNKNOWN_MODIFIER
 */
export const refuseProhibition = (resource: Resource): void => {
  if (take<boolean>(resource, 'doNotPerform') === true)
    throw fhirError('UNKNOWN_MODIFIER', `${resource.place}.doNotPerform`)
}
