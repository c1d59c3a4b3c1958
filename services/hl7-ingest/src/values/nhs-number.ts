import type { Identifier } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'

/** How the NHS number is marked everywhere, whatever a source's file adds: CX-4 and CX-5. */
const authorities = new Set(['NHS', 'NH', '2.16.840.1.113883.2.1.4.1', 'https://fhir.nhs.uk/Id/nhs-number'])
const types = new Set(['NHS', 'NH'])

export const isNhsNumber = ({ authority, type }: Identifier, source: Source): boolean => {
  const own = source.hl7.nhsNumber
  if (type !== null && (types.has(type) || own.types.includes(type))) return true
  return authority !== null && (authorities.has(authority) || own.authorities.includes(authority))
}

const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Ten digits that are an NHS number; spaces and hyphens between them do not matter.
 *
 * @param production  refuses the 999 range, which is kept for tests
 * @returns the ten digits; null if it is none: wrong length, wrong check digit, or ten equal digits
 * @see NHS Data Dictionary, NHS NUMBER (modulus 11)
 */
export const validNhsNumber = (asSent: string, production: boolean): string | null => {
  const digits = asSent.replaceAll(/[ -]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return null
  if (production && digits.startsWith('999')) return null
  const sum = weights.reduce((total, weight, at) => total + weight * (digits.charCodeAt(at) - 48), 0)
  const check = (11 - (sum % 11)) % 11
  return check === digits.charCodeAt(9) - 48 ? digits : null
}
