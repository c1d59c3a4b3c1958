import type { PatientHead } from '@tideway/schemas/documents/head'
import { nhsNumberOf } from './nhs-number.ts'

/** What holds source patients together: a valid NHS number and a day of birth. */
export type PersonIdentity = { nhsNumber: string; birthDate: string }

/**
 * The person a source patient is of, or null if it stands alone: without a valid NHS number, or
 * without a whole day of birth, nothing is combined with it. A birth time (new-borns have one)
 * counts as its day.
 */
export const identityOf = ({
  nhsNumber,
  birthDate,
}: Pick<PatientHead, 'nhsNumber' | 'birthDate'>): PersonIdentity | null => {
  const valid = nhsNumber === null ? null : nhsNumberOf(nhsNumber)
  const day = /^\d{4}-\d\d-\d\d/.exec(birthDate ?? '')?.[0]
  return valid === null || day === undefined ? null : { nhsNumber: valid, birthDate: day }
}

/**
 * Source patients shown together, and how many carry the same NHS number and are not among them.
 */
export type Combined = { heads: PatientHead[]; notCombined: number }

/**
 * The source patients that are one person with `asked`, that one first.
 *
 * @param asked     the source patient somebody asked for
 * @param carriers  source patients that carry its NHS number, `asked` among them or not
 * @param limit     most that are shown together; a number that more carry is nobody's
 */
export const combine = (
  asked: PatientHead,
  carriers: readonly PatientHead[],
  limit: number,
): Combined => {
  const person = identityOf(asked)
  const others = carriers.filter(({ _id }) => _id !== asked._id)
  if (person === null) return { heads: [asked], notCombined: others.length }
  const same = others.filter(
    (head) =>
      identityOf(head)?.nhsNumber === person.nhsNumber &&
      identityOf(head)?.birthDate === person.birthDate,
  )
  const heads = [asked, ...same].slice(0, limit)
  return { heads, notCombined: others.length + 1 - heads.length }
}
