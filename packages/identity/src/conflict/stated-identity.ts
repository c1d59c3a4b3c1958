import type { PatientDetailsReported } from '@tideway/schemas/events'
import type { Traits } from '../traits.ts'

/** What one statement says of who a patient is, as far as identity conflicts read it. */
export type StatedIdentity = Pick<Traits, 'nhsNumber' | 'names' | 'birthDate' | 'sex'>

type Said = {
  [Field in 'nhsNumber' | 'names' | 'birthDate' | 'sex']?: PatientDetailsReported[Field]
}

const sexes: Readonly<Record<string, Traits['sex']>> = {
  MALE: 'male',
  FEMALE: 'female',
  OTHER: 'other',
  UNKNOWN: 'unknown',
}

/** A message may repeat thousands of names, of any length: so much of them is compared. */
const [mostNames, mostGiven, longest] = [6, 6, 60]

/** The identity in demographics, of an event or of a head; absent fields are not said. */
export const identityStatedIn = ({ nhsNumber, names, birthDate, sex }: Said): StatedIdentity => ({
  nhsNumber: nhsNumber ?? null,
  names: (names ?? []).slice(0, mostNames).map(({ family, given }) => ({
    family: family?.slice(0, longest) ?? null,
    given: given.slice(0, mostGiven).map((name) => name.slice(0, longest)),
  })),
  birthDate: birthDate ?? null,
  sex: sexes[sex ?? ''] ?? null,
})

/** Whether a statement says anything by which a person can be told from another. */
export const saysWho = ({ nhsNumber, names, birthDate }: StatedIdentity): boolean =>
  nhsNumber !== null ||
  birthDate !== null ||
  names.some(({ family, given }) => family !== null || given.length > 0)
