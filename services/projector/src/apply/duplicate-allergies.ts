import type { Entry } from '@tideway/schemas/documents/entry'
import {
  isNewAllergy,
  isNumbered,
  settleAllergies,
} from '@tideway/record/entries/matching/match-allergy'
import { pure } from '../errors.ts'
import type { Projected } from './project.ts'
import type { Store } from '../store/store.ts'

const marked = (projected: Projected, stored: readonly Entry[]): Projected => {
  const saving = new Set(projected.entries.map(({ _id }) => _id))
  // What is dissolved is removed: it neither counts nor is saved again.
  const gone = new Set(projected.dissolved)
  const others = stored.filter(({ _id }) => !saving.has(_id) && !gone.has(_id))
  const settled = new Map(
    settleAllergies([...others, ...projected.entries]).map((entry) => [entry._id, entry]),
  )
  const followers = others.flatMap((entry) => {
    const next = settled.get(entry._id) ?? entry
    return next === entry ? [] : [{ ...next, version: entry.version + 1 }]
  })
  return {
    ...projected,
    entries: projected.entries.map((entry) => settled.get(entry._id) ?? entry),
    followers: [...projected.followers, ...followers],
  }
}

/**
 * Whether a message that is applied now was in a stored allergy already: a crash came before the
 * head was saved, and others that this allergy changed may have no line there.
 */
const isLeftByCrash = (
  stored: Entry | undefined,
  { result, repeated }: Pick<Projected, 'result' | 'repeated'>,
): boolean =>
  stored?.kind === 'allergy' &&
  result.applied.some(
    ({ event }) =>
      !repeated.has(event.messageId) &&
      stored.origins.some(({ message }) => message === event.messageId),
  )

/** Patients of whom an allergy was told that may change how others are known. */
export const patientsToSettle = (
  projected: readonly Projected[],
  known: ReadonlyMap<string, Entry>,
): string[] =>
  projected
    .filter((each) =>
      [...each.entries, ...each.result.entries.values()].some((entry) => {
        const stored = known.get(entry._id)
        return isNumbered(entry) || isNewAllergy(entry, stored) || isLeftByCrash(stored, each)
      }),
    )
    .map(({ patient }) => patient)

/**
 * What changes for these patients, with their allergies as they are known together. The head's
 * allergy lines are then rebuilt, each time such a one is reported, so that a crash between saving
 * entries and heads cannot hide a line for good.
 *
 * @param stored  all stored allergies of the patients
 */
export const withAllergiesSettled = (
  projected: readonly Projected[],
  patients: readonly string[],
  stored: readonly Entry[],
): readonly Projected[] => {
  if (patients.length === 0) return projected
  const byPatient = Map.groupBy(stored, ({ patient }) => patient)
  return projected.map((each) => {
    if (!patients.includes(each.patient)) return each
    const next = marked(each, byPatient.get(each.patient) ?? [])
    return { ...next, uncertain: [...new Set([...next.uncertain, 'allergy' as const])] }
  })
}

/**
 * Marks allergies recorded twice, once with a number and once without, and deletes those that a
 * message deletes by their allergen alone. Rare: only when an allergy has a number, is new, ends,
 * or changes its substance.
 *
 * @param known  entries as loaded
 */
export const markDuplicateAllergies = async (
  projected: readonly Projected[],
  known: ReadonlyMap<string, Entry>,
  { allergies }: Pick<Store, 'allergies'>,
): Promise<readonly Projected[]> => {
  const patients = pure(() => patientsToSettle(projected, known))
  if (patients.length === 0) return projected
  const stored = await allergies(patients)
  return pure(() => withAllergiesSettled(projected, patients, stored))
}
