import type { Address as FhirAddress, ContactPoint, HumanName } from '@medplum/fhirtypes'
import {
  type Address,
  type PersonName,
  type Telecom,
  unsaid,
} from '@tideway/schemas/events.generated'
import { lookUp } from './look-up.ts'

/** FHIR value set administrative-gender, as HL7 table 0001. */
const sexes: Readonly<Record<string, string>> = {
  female: 'FEMALE',
  male: 'MALE',
  other: 'OTHER',
  unknown: 'UNKNOWN',
}

/** Our word for a gender, and the code as sent. */
export const sexOf = (gender: string | null): { sex: string | null; sexAsSent: string | null } => ({
  sex: gender === null ? null : (lookUp(sexes, gender) ?? gender),
  sexAsSent: gender,
})

const joined = (parts: readonly string[] | undefined): string | null =>
  parts === undefined || parts.length === 0 ? null : parts.join(' ')

/** A name; if only its text was sent, that is the family name. */
export const readName = ({
  family,
  given,
  prefix,
  suffix,
  use,
  text,
  period,
}: HumanName): PersonName => ({
  ...unsaid.PersonName(),
  family: family ?? (given === undefined ? (text ?? null) : null),
  given: given ?? [],
  prefix: joined(prefix),
  suffix: joined(suffix),
  use: use ?? null,
  detail:
    period === undefined
      ? null
      : {
          ...unsaid.PersonNameDetail(),
          validFrom: period.start ?? null,
          validUntil: period.end ?? null,
        },
})

export const readAddress = ({
  line,
  city,
  district,
  state,
  postalCode,
  country,
  use,
  text,
}: FhirAddress): Address => ({
  ...unsaid.Address(),
  lines: line ?? (text === undefined ? [] : [text]),
  city: city ?? null,
  district: district ?? state ?? null,
  postcode: postalCode ?? null,
  country: country ?? null,
  use: use ?? null,
})

export const readTelecoms = (points: readonly ContactPoint[]): Telecom[] =>
  points
    .filter(({ value }) => value !== undefined)
    .map(({ value, use, system }) => ({
      ...unsaid.Telecom(),
      value: value as string,
      use: use ?? null,
      equipment: system ?? null,
    }))
