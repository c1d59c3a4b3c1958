import { isObject } from '@tideway/fhir/parse-json'
import type { FhirMessage, Resource } from '../normalise/message.ts'
import { numberOf } from './number-of.ts'

/** Dispenses of one item may be sent in parts, and a visit by each of its parts. */
const mayShare: ReadonlySet<string> = new Set(['MedicationDispense', 'Encounter', 'Patient'])

const withContained = (resources: readonly Resource[]): Resource[] =>
  resources.flatMap((one) => (one.contained.length === 0 ? one : [one, ...one.contained]))

/** Those of which any two have something in common. */
const alike = (
  resources: readonly Resource[],
  wordsOf: (resource: Resource) => readonly string[],
): Set<Resource> => {
  const found = new Map<string, Resource[]>()
  for (const resource of resources)
    for (const words of new Set(wordsOf(resource))) {
      const before = found.get(words)
      if (before === undefined) found.set(words, [resource])
      else before.push(resource)
    }
  return new Set([...found.values()].filter(({ length }) => length > 1).flat())
}

/** Without usage: that a number was compared does not mean that it is shown. */
const untracked = (resource: Resource): Resource => ({ ...resource, json: resource.sent })

const valuesOf = ({ type, sent }: Resource): string[] =>
  [sent['identifier'], sent['masterIdentifier']]
    .flat()
    .filter(isObject)
    .map(({ value }) => `${type} ${value}`)

/**
 * Resources of a message that have their number in common with another of their type; of reports,
 * with another of their service. Those that are created only if there is none yet are one.
 */
export const sharingNumbers = (
  resources: readonly Resource[],
  conditional: ReadonlySet<Resource>,
  message: Pick<FhirMessage, 'source'>,
): Set<Resource> => {
  const all = withContained(resources).filter(
    (one) => !mayShare.has(one.type) && !conditional.has(one),
  )
  return alike([...alike(all, valuesOf)], (resource) => {
    const number = numberOf(untracked(resource), message)
    const service = resource.type === 'DiagnosticReport' ? resource.sent['code'] : null
    return number === null
      ? []
      : [JSON.stringify([resource.type, number.authority, number.value, service])]
  })
}
