import { codeName } from '../../keys/business-key.ts'
import type { Entry, Stated, Statement } from '@tideway/schemas/documents/entry'
import { entryIdOf } from '@tideway/schemas/public-id'
import { shownFields } from '../../summary/shown-fields.ts'
import { standing } from '../../summary/statement-lines.ts'
import {
  allergyIn,
  deletedByAllergen,
  isAllergenDeleted,
  isByAllergen,
  withDeletions,
} from './match-deletion.ts'

type Allergy = Statement<'allergy'>

const isStanding = ({ status }: Allergy): boolean =>
  (standing.allergy as readonly string[]).includes(status)

/**
 * The same code of the same system by the same sender; of a category of which one says nothing it
 * may be.
 */
const isSame = (a: Stated<'allergy'>, b: Stated<'allergy'>): boolean =>
  a.source === b.source &&
  a.code.code === b.code.code &&
  a.code.system === b.code.system &&
  (a.category === null || b.category === null || a.category === b.category)

const repeats = <T>(said: T | null, other: T | null): boolean => said === null || said === other

const reactionsOf = ({ reactions }: Stated<'allergy'>): string[] =>
  reactions.flatMap(({ manifestations }) => manifestations.map((one) => codeName(one) ?? ''))

/** Whether it says nothing of how dangerous it is that the other does not say too. */
const addsNothing = (one: Stated<'allergy'>, other: Stated<'allergy'>): boolean => {
  const known = reactionsOf(other)
  return (
    repeats(one.severity, other.severity) &&
    repeats(one.criticality, other.criticality) &&
    repeats(one.propensity, other.propensity) &&
    repeats(one.clinicalStatus, other.clinicalStatus) &&
    repeats(one.verificationStatus, other.verificationStatus) &&
    reactionsOf(one).every((name) => known.includes(name))
  )
}

/**
 * Which allergies are told of twice: one without a number of its own, as AL1 has it, is the same as
 * the one with a number that names the same substance, if there is exactly one such, it stands, and
 * it says all that the other says. Both stay as they are; only a list shows the numbered one alone.
 *
 * @param allergies  all of one patient
 * @returns business key of the numbered one by `_id` of the other
 */
const sameAllergies = (allergies: readonly Entry[]): ReadonlyMap<string, string> => {
  const told = allergies.flatMap((entry) => {
    const data = allergyIn(entry)
    if (data === null) return []
    const said = shownFields(data)
    return [
      {
        id: entry._id,
        patient: entry.patient,
        data,
        said,
        isBare: isByAllergen(entry.patient, data, said),
      },
    ]
  })
  const numbered = told.filter(
    ({ data, said, isBare }) => !isBare && said.code.code !== null && isStanding(data),
  )
  const same = new Map<string, string>()
  for (const { id, said } of told.filter(({ isBare }) => isBare)) {
    const [one, ...others] = numbered.filter((other) => isSame(other.said, said))
    if (one === undefined || others.length > 0 || !addsNothing(said, one.said)) continue
    // A later use of a number is not known by its key.
    if (one.id === entryIdOf(one.patient, 'allergy', one.data.key)) same.set(id, one.data.key)
  }
  return same
}

/** The entry with what it is the same as; itself if that is so already. */
const withSame = (entry: Entry, sameAs: string | undefined): Entry => {
  const data = allergyIn(entry)
  if (data === null || data.sameAs === sameAs) return entry
  const { sameAs: _, ...bare } = data
  return {
    ...entry,
    data: (sameAs === undefined ? bare : { ...bare, sameAs }) as unknown as Statement,
  }
}

/**
 * All allergies of one patient as they are known together: without those that are deleted by their
 * allergen, see `deletedByAllergen`, and those told of twice marked, see `sameAllergies`. One that
 * stays as it is is the same object.
 */
export const settleAllergies = (allergies: readonly Entry[]): Entry[] => {
  const deletions = deletedByAllergen(allergies)
  const told = allergies.map((entry) => withDeletions(entry, deletions.get(entry._id) ?? []))
  const same = sameAllergies(told)
  return told.map((entry) => withSame(entry, same.get(entry._id)))
}

/** Whether what decides about others, or about this by others, changed. */
export const isNewAllergy = (entry: Entry, known: Entry | undefined): boolean => {
  const [now, before] = [allergyIn(entry), allergyIn(known)]
  if (now === null) return false
  if (before === null || isStanding(now) !== isStanding(before)) return true
  if (isAllergenDeleted(entry.patient, now)) return true
  const [a, b] = [shownFields(now), shownFields(before)]
  return !isSame(a, b) || a.category !== b.category || !addsNothing(a, b) || !addsNothing(b, a)
}

/** Whether others may be shown, or not, by what is said of it. */
export const isNumbered = (entry: Entry): boolean => {
  const data = allergyIn(entry)
  return data !== null && !isByAllergen(entry.patient, data, shownFields(data))
}
