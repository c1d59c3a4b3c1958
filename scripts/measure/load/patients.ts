import { randomOf } from './random.ts'

/** A fictitious patient and the position in the sequence of messages. */
export type LoadPatient = {
  mrn: string
  nhsNumber: string
  family: string
  given: string
  sex: 'F' | 'M'
  birthDate: string
  ward: number
  bed: string
  step: number
  visit: number
}

/** Messages of one stay. */
export const stayLength = 20

/** Wards of a fictitious hospital. */
export const wards = ['W12', 'W14', 'AMU', 'ITU', 'CDU', 'SAU', 'W7', 'W22'] as const
const families = [
  'ALDERTON',
  'BRIGHTWELL',
  'COLLINGHAM',
  "O'DELL",
  'EASTERBY',
  'FENWICK',
  'GRANTLEY',
  'HALLOWAY',
  'NOVÁK',
  'KINGSMERE',
]
const given = {
  F: ['MARA', 'AISHA', 'PRIYA', 'ZOFIA', 'SIÂN'],
  M: ['ARJUN', 'PIOTR', 'KWAME', 'SEÁN', 'GEORGE'],
}

/** @see NHS Data Dictionary, NHS NUMBER: modulus 11 */
const checkDigit = (nine: string): number => {
  const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const rest = 11 - (sum % 11)
  return rest === 11 ? 0 : rest
}

/**
 * The nth valid NHS number of the test range 999. 7919 and a million have no common factor, so no
 * number repeats.
 */
const testNumbers = function* (from: number): Generator<string> {
  for (let step = from; ; step++) {
    const nine = `999${String((step * 7919) % 1_000_000).padStart(6, '0')}`
    const digit = checkDigit(nine)
    if (digit !== 10) yield `${nine}${digit}`
  }
}

const pick = <T>(from: readonly T[], random: () => number): T =>
  from[Math.floor(random() * from.length)] as T
const two = (value: number) => String(value).padStart(2, '0')

/**
 * @param prefix  prefix of hospital numbers, so that runs on one store do not overlap
 * @param told  number of messages of each patient that were sent before
 */
export const makePatients = (
  count: number,
  seed: number,
  prefix: string,
  told = 0,
): LoadPatient[] => {
  const random = randomOf(seed)
  const numbers = testNumbers((seed * 104_729) % 1_000_000)
  return Array.from({ length: count }, (_, index) => {
    const sex = random() < 0.5 ? 'F' : 'M'
    return {
      mrn: `${prefix}${index}`,
      nhsNumber: numbers.next().value as string,
      family: pick(families, random),
      given: pick(given[sex], random),
      sex,
      birthDate: `${1930 + Math.floor(random() * 90)}${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`,
      ward: Math.floor(random() * wards.length),
      bed: two(1 + Math.floor(random() * 28)),
      step: told,
      visit: 1 + Math.floor(told / stayLength),
    }
  })
}
