import { randomOf } from './random.ts'

/** A made-up patient and how far his story has come. */
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

/** Wards of a made-up hospital. */
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
 * The nth valid number of the 999 range, which belongs to nobody; 7919 shares no factor with a
 * million, so none comes twice.
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
 * @param prefix  of the hospital number, so that runs on one store do not meet
 * @param told    messages of each story that count as told
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
