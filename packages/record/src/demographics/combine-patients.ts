import type { PatientHead } from '@tideway/schemas/documents/head'

/** Source patients shown as one person, and how many others may be of that person too. */
export type CombinedPatients = { heads: PatientHead[]; notCombined: number }

/**
 * The source patients of the person that `requested` is a member of, that one first. Who is a
 * member is decided before, never by what the heads say.
 *
 * @param requested  the source patient that was requested
 * @param others     the other members of its person; none while its person is not known
 * @param carriers   source patients with its NHS number: those that are not shown are counted
 * @param limit      most that are shown together; those beyond it are counted
 */
export const combinePatients = (
  requested: PatientHead,
  others: readonly PatientHead[],
  carriers: readonly PatientHead[],
  limit: number,
): CombinedPatients => {
  const members = [requested, ...others.filter(({ _id }) => _id !== requested._id)]
  const heads = members.slice(0, limit)
  const shown = new Set(heads.map(({ _id }) => _id))
  const all = new Set([...members, ...carriers].map(({ _id }) => _id))
  return { heads, notCombined: [...all].filter((key) => !shown.has(key)).length }
}
