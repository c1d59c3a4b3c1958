/** A name as sent: the family name, and the given names in order. */
export type PersonName = { family: string | null; given: readonly string[] }

/**
 * What one organisation says of one of its patients, as far as matching reads it. Values are as
 * sent: normalising, and what counts as a placeholder, is decided here in the package.
 */
export type Traits = {
  /** The source patient's key, `RJZ|1234567`. */
  patient: string
  organisation: string
  identifier: string
  /** Ten digits that pass modulus 11, else null. */
  nhsNumber: string | null
  /** NHS NUMBER STATUS INDICATOR CODE as sent; `01` is verified. */
  nhsNumberStatus: string | null
  /** The current name first, then former names and aliases. */
  names: readonly PersonName[]
  /** ISO 8601 at the precision sent: a day, a month or a year. */
  birthDate: string | null
  sex: 'male' | 'female' | 'other' | 'unknown' | null
  postcodes: readonly string[]
  addressLines: readonly string[]
  phones: readonly string[]
  emails: readonly string[]
  gpPractice: string | null
  deceased: boolean | null
  diedAt: string | null
}
