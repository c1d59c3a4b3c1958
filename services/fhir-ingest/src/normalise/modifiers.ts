import type { SubmissionEntry } from './open-submission.ts'
import { fault } from '../errors.ts'
import { type Resource, unusedOf } from './message.ts'

const isModifier = (path: string): boolean => /\.(modifierExtension|implicitRules)$/.test(path)

/**
 * Rejects entries with a modifier that was not used: it may reverse the meaning, so the resource
 * cannot be shown without it.
 *
 * @param unused  unused elements of all entries
 * @returns the rejected resources
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
      resource === null || resource.usage.size === 0
        ? undefined
        : unusedOf(resource).find(isModifier)
    if (resource === null || path === undefined) continue
    faults.push(fault('UNKNOWN_MODIFIER', `${resource.place}${path.slice(path.indexOf('.'))}`))
    modified.push(resource)
  }
  return modified
}
