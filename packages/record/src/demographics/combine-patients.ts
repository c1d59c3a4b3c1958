import type { PatientHead } from '@tideway/schemas/documents/head'
import { nhsNumberOf } from './nhs-number.ts'

/** What makes source patients one person: a valid NHS number and a date of birth. */
export type PersonIdentity = { nhsNumber: string; birthDate: string }

/**
 * The person a source patient belongs to; null without a valid NHS number or a complete date of
 * birth, as nothing is then combined with it. A time of birth, as newborns have, counts as its day.
 */
export const identityOf = ({
  nhsNumber,
  birthDate,
}: Pick<PatientHead, 'nhsNumber' | 'birthDate'>): PersonIdentity | null => {
  const valid = nhsNumber === null ? null : nhsNumberOf(nhsNumber)
  const day = /^\d{4}-\d\d-\d\d/.exec(birthDate ?? '')?.[0]
  return valid === null || day === undefined ? null : { nhsNumber: valid, birthDate: day }
}

/** Source patients shown as one person, and how many others carry the same NHS number. */
export type CombinedPatients = { heads: PatientHead[]; notCombined: number }

/**
 * The source patients that are one person with `requested`, that one first.
 *
 * @param requested  the source patient that was requested
 * @param carriers   source patients with its NHS number, with or without `requested`
 * @param limit      most that are shown together; a number that more carry is a test number or a
 *   fault
 */
export const combinePatients = (
  requested: PatientHead,
  carriers: readonly PatientHead[],
  limit: number,
): CombinedPatients => {
  const person = identityOf(requested)
  const others = carriers.filter(({ _id }) => _id !== requested._id)
  if (person === null) return { heads: [requested], notCombined: others.length }
  const same = others.filter(
    (head) =>
      identityOf(head)?.nhsNumber === person.nhsNumber &&
      identityOf(head)?.birthDate === person.birthDate,
  )
  const heads = [requested, ...same].slice(0, limit)
  return { heads, notCombined: others.length + 1 - heads.length }
}
