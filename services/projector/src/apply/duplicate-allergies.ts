import type { Entry } from '@tideway/schemas/documents/entry'
import {
  isNewAllergy,
  isNumbered,
  sameAllergies,
  withSame,
} from '@tideway/record/entries/matching/match-allergy'
import { pure } from '../errors.ts'
import type { Projected } from './project.ts'
import type { Store } from '../store/store.ts'

const byId = (entries: readonly Entry[]): Map<string, Entry> =>
  new Map(entries.map((entry) => [entry._id, entry]))

const marked = (projected: Projected, stored: readonly Entry[]): Projected => {
  const saving = byId(projected.entries)
  const same = sameAllergies([
    ...stored.filter(({ _id }) => !saving.has(_id)),
    ...projected.entries,
  ])
  const followers = stored
    .filter(({ _id }) => !saving.has(_id))
    .flatMap((entry) => {
      const next = withSame(entry, same.get(entry._id))
      return next === entry ? [] : [{ ...next, version: entry.version + 1 }]
    })
  return {
    ...projected,
    entries: projected.entries.map((entry) => withSame(entry, same.get(entry._id))),
    followers: [...projected.followers, ...followers],
  }
}

/**
 * Marks allergies recorded twice, once with a number and once without. Rare: only when an allergy
 * is new, ends, or changes its substance.
 *
 * The head's allergy lines are then rebuilt. For an allergy with a number they are rebuilt each
 * time it is reported, so that a crash between saving entries and heads cannot hide a line for
 * good.
 *
 * @param known  entries as loaded
 */
export const markDuplicateAllergies = async (
  projected: readonly Projected[],
  known: ReadonlyMap<string, Entry>,
  { allergies }: Pick<Store, 'allergies'>,
): Promise<readonly Projected[]> => {
  const patients = pure(() =>
    projected
      .filter(({ entries }) => entries.some((entry) => isNewAllergy(entry, known.get(entry._id))))
      .map(({ patient }) => patient),
  )
  const stored =
    patients.length === 0
      ? new Map<string, Entry[]>()
      : Map.groupBy(await allergies(patients), ({ patient }) => patient)
  return pure(() =>
    projected.map((each) => {
      const isNew = patients.includes(each.patient)
      if (!isNew && ![...each.result.entries.values()].some(isNumbered)) return each
      const next = isNew ? marked(each, stored.get(each.patient) ?? []) : each
      return { ...next, uncertain: [...new Set([...next.uncertain, 'allergy' as const])] }
    }),
  )
}
