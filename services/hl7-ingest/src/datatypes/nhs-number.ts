import type { Identifier } from '@tideway/schemas/events.generated'
import { chiNumberOf } from '@tideway/record/demographics/chi-number'
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

export const isNhsNumber = ({ authority, type, detail }: Identifier, source: Source): boolean => {
  const own = source.hl7.nhsNumber
  if (authorities.has(detail?.authorityId ?? '')) return true
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

/** Markers of a CHI number (Scotland) or an H&C number (Northern Ireland), in any case. */
const chiAuthorities = new Set(['CHI', '2.16.840.1.113883.2.1.3.2.4.16.53', 'HCN', 'H&C', 'HSCN'])
const chiTypes = new Set(['CHI', 'HCN', 'HC', 'H&C', 'HSCN'])

export const isMarkedAsChi = ({ authority, type, detail }: Identifier): boolean =>
  chiTypes.has(type?.toUpperCase() ?? '') ||
  chiAuthorities.has(authority?.toUpperCase() ?? '') ||
  chiAuthorities.has(detail?.authorityId ?? '')

/**
 * The ten digits of a CHI or H&C number, or null if the identifier is not marked as one or is not
 * valid. It identifies a patient of a sender without numbers of its own, and links nothing.
 */
export const validChiNumber = (identifier: Identifier): string | null =>
  isMarkedAsChi(identifier) ? chiNumberOf(identifier.value) : null
