import type { FhirSource } from '@tideway/schemas/source'
import { fhirError } from '../errors.ts'

/** The sending system, and the organisation it sends for. */
export type FhirClient = { id: string; source: FhirSource; scopes: string }

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** @see RFC 8693 section 4.2; some issuers give an array */
const scopesOf = (claims: Record<string, unknown>): string => {
  const scope = claims['scope'] ?? claims['scp']
  return Array.isArray(scope) ? scope.join(' ') : (textOf(scope) ?? '')
}

/**
 * The client of a token: its source is the one that lists its id.
 *
 * @throws FhirError UNKNOWN_CLIENT if no source does
 */
export const clientOf = (
  claims: Record<string, unknown>,
  sources: readonly FhirSource[],
): FhirClient => {
  const ids = ['client_id', 'azp', 'sub']
    .map((name) => textOf(claims[name]))
    .filter((id) => id !== null)
  for (const id of ids) {
    const source = sources.find(({ fhir }) => fhir.clients.includes(id))
    if (source !== undefined) return { id, source, scopes: scopesOf(claims) }
  }
  throw fhirError('UNKNOWN_CLIENT', 'Authorization')
}
