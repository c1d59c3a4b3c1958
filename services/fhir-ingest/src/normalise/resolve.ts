import type { Reference } from '@medplum/fhirtypes'
import { fhirError } from '../errors.ts'
import type { FhirMessage, Resource } from './message.ts'

/** `Patient/1` and `https://x.example/fhir/Patient/1/_history/2` by type and id. */
const relative = (reference: string): string =>
  /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? reference

const isAbsolute = (reference: string): boolean => /^https?:/.test(reference)

/**
 * The server a resource lives on, e.g. `https://x.example/fhir/`; null where its address is none of
 * a server, or not sent.
 */
const serverOf = (address: string | null): string | null =>
  /^(https?:.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[^/]+)?$/.exec(
    address ?? '',
  )?.[1] ?? null

/**
 * `Patient/1` of one server is another patient than `Patient/1` of another. @see FHIR R4, Bundle,
 * resolving references in Bundles
 */
const found = (to: string, from: Resource, message: FhirMessage): Resource | null => {
  if (to.startsWith('#')) return from.containedById.get(to.slice(1)) ?? null
  const exact = message.byReference.get(to)
  const target = exact ?? message.byReference.get(relative(to)) ?? null
  const there = serverOf(target?.fullUrl ?? null)
  if (isAbsolute(to)) return exact ?? (there !== null && there === serverOf(to) ? target : null)
  const here = serverOf(from.fullUrl)
  return there !== null && here !== null && there !== here ? null : target
}

/**
 * The resource a reference leads to within what was sent; null if it leads out of it. That resource
 * says what the reference's own words do.
 *
 * @throws FhirError FAULTY_REFERENCE if that resource has faults of its own
 */
export const resolve = (
  reference: Reference | null,
  from: Resource,
  message: FhirMessage,
): Resource | null => {
  const to = reference?.reference
  if (to === undefined) return null
  const resource = found(to, from, message)
  if (resource !== null && message.faulty.has(resource))
    throw fhirError('FAULTY_REFERENCE', from.place)
  if (resource !== null) void [reference?.display, reference?.type]
  return resource
}

/** Type of what a reference means; null if nothing tells it. */
export const typeOf = (
  reference: Reference | undefined,
  from: Resource,
  message: FhirMessage,
): string | null =>
  resolve(reference ?? null, from, message)?.type ??
  /(?:^|\/)([A-Z][A-Za-z]+)[/?]/.exec(reference?.reference ?? '')?.[1] ??
  reference?.type ??
  null

/**
 * `Patient?identifier=system|value` of a conditional reference. @see FHIR R4, Bundle, resolving
 * references in conditional form
 */
export const conditionOf = (
  reference: string,
  type: string,
): { system: string; value: string } | null => {
  if (!reference.startsWith(`${type}?`)) return null
  const [first, ...more] = [...new URLSearchParams(reference.slice(type.length + 1))]
  if (first === undefined || more.length > 0 || first[0] !== 'identifier') return null
  const bar = first[1].indexOf('|')
  return bar < 1 ? null : { system: first[1].slice(0, bar), value: first[1].slice(bar + 1) }
}
