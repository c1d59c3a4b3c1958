import type { Identifier } from '@tideway/schemas/events.generated'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Source } from '@tideway/schemas/source'

/**
 * Markers of an NHS number for every source, in CX-4 and CX-5, in any case; a source file may add
 * others.
 */
const authorities = new Set([
  'NHS',
  'NH',
  '2.16.840.1.113883.2.1.4.1',
  'https://fhir.nhs.uk/Id/nhs-number',
])
const types = new Set(['NHS', 'NH'])

export const isNhsNumber = ({ authority, type }: Identifier, source: Source): boolean => {
  const own = source.hl7.nhsNumber
  if (type !== null && (types.has(type.toUpperCase()) || own.types.includes(type))) return true
  return (
    authority !== null &&
    (authorities.has(authority) ||
      authorities.has(authority.toUpperCase()) ||
      own.authorities.includes(authority))
  )
}

/**
 * The ten digits of an NHS number, or null if it is not valid.
 *
 * @param production  rejects the 999 range, which is reserved for tests
 */
export const validNhsNumber = (asSent: string, production: boolean): string | null => {
  const digits = nhsNumberOf(asSent)
  return production && digits?.startsWith('999') ? null : digits
}
