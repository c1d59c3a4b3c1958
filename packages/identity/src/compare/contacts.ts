import { fold } from './fold.ts'
import {
  isPlaceholderAddress,
  isPlaceholderEmail,
  isPlaceholderPhone,
  isPlaceholderPostcode,
} from './placeholders.ts'

/**
 * The ten or eleven digits of a telephone number, of the United Kingdom without its country code.
 */
export const phoneOf = (sent: string): string | null => {
  const digits = sent
    .replace(/\(0\)/, '')
    .replace(/\D/g, '')
    .replace(/^(00)?44(?=\d{9,10}$)/, '0')
  return isPlaceholderPhone(digits) ? null : digits
}

export const emailOf = (sent: string): string | null => {
  const [mailbox, domain, more] = sent.trim().toLowerCase().split('@')
  if (!mailbox || !domain || more !== undefined || isPlaceholderEmail(mailbox, domain)) return null
  return `${mailbox}@${domain}`
}

/** A postcode without its space; null if it is a pseudo-postcode. */
export const postcodeOf = (sent: string): string | null => {
  const code = fold(sent).replace(/[^A-Z0-9]/g, '')
  return isPlaceholderPostcode(code) ? null : code
}

const shortened: Readonly<Record<string, string>> = {
  ROAD: 'RD',
  STREET: 'ST',
  AVENUE: 'AVE',
  AV: 'AVE',
  CLOSE: 'CL',
  GARDENS: 'GDNS',
  LANE: 'LN',
  COURT: 'CT',
  DRIVE: 'DR',
  SQUARE: 'SQ',
  PLACE: 'PL',
  TERRACE: 'TER',
  CRESCENT: 'CRES',
  APARTMENT: 'FLAT',
  APT: 'FLAT',
  FLT: 'FLAT',
  UNIT: 'FLAT',
}

/** The first line of an address with the usual words shortened; null for a placeholder. */
export const addressLineOf = (sent: string): string | null => {
  const words = fold(sent)
    .replace(/['.]/g, '')
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '')
  const line = words.map((word) => shortened[word] ?? word).join(' ')
  return isPlaceholderAddress(line) ? null : line
}

/** The numbers of the house and the flat, sorted: `12B 3`. Without any, the words of the line. */
export const houseOf = (line: string): string => {
  const numbers = line.split(' ').filter((word) => /^\d/.test(word))
  return numbers.length > 0 ? numbers.toSorted().join(' ') : line
}
