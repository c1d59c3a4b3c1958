import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Traits } from '@tideway/identity/traits'

/**
 * A record of the file: its name in the links, and its traits; `patient` is its place in the file.
 */
export type PopulationRecord = { id: string; traits: Traits }

/** A line cannot be read; the message says why, without its content. */
export class LineError extends Error {
  override readonly name = 'LineError'
}

/**
 * One line of a population: the generator's form without its truth. Fields may be missing, null or
 * more than are known; `person` and `kinds` are not read.
 *
 * @throws LineError if it is no JSON object, or names no record
 */
export const readRecord = (line: string, place: number): PopulationRecord => {
  const row = objectOf(line)
  const [organisation, identifier] = [textOf(row['organisation']), textOf(row['identifier'])]
  const id = textOf(row['record']) ?? patientOf(organisation, identifier)
  if (id === null) throw new LineError('no `record`, and no `organisation` with `identifier`')
  return {
    id,
    traits: {
      patient: String(place),
      organisation: organisation ?? '',
      identifier: identifier ?? '',
      nhsNumber: nhsNumberOf(textOf(row['nhsNumber']) ?? ''),
      nhsNumberStatus: textOf(row['nhsStatus']),
      names: [{ family: textOf(row['family']), given: textsOf(row['given']) }],
      birthDate: textOf(row['birthDate']),
      sex: sexOf(row['sex']),
      postcodes: [textOf(row['postcode']) ?? ''],
      addressLines: [textOf(row['addressLine']) ?? ''],
      phones: textsOf(row['phone']),
      emails: textsOf(row['email']),
      gpPractice: textOf(row['gpPractice']),
      deceased: null,
      diedAt: null,
    },
  }
}

const objectOf = (line: string): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new LineError('not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LineError('not a JSON object')
  return value as Record<string, unknown>
}

const patientOf = (organisation: string | null, identifier: string | null): string | null =>
  organisation === null || identifier === null ? null : `${organisation}|${identifier}`

/** Text, or a number in its digits; anything else, and what is blank, is not stated. */
const textOf = (value: unknown): string | null => {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== null)

const sexes: Readonly<Record<string, Traits['sex']>> = {
  male: 'male',
  m: 'male',
  '1': 'male',
  female: 'female',
  f: 'female',
  '2': 'female',
  other: 'other',
  unknown: 'unknown',
}

const sexOf = (value: unknown): Traits['sex'] => sexes[textOf(value)?.toLowerCase() ?? ''] ?? null
