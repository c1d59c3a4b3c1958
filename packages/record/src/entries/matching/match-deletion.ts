import type { Entry, Stated, Statement } from '@tideway/schemas/documents/entry'
import type { Coded } from '@tideway/schemas/events.generated'
import { codeName } from '../../keys/business-key.ts'
import { allergyKey } from '../../keys/clinical-keys.ts'
import { shownFields } from '../../summary/shown-fields.ts'
import { standing } from '../../summary/statement-lines.ts'
import { withData } from '../entry.ts'
import { byVersion } from '../facts.ts'
import { same } from '../is-same.ts'
import { statementOfAll } from '../statement.ts'
import { isDeletion } from '../statements/by-action.ts'

type Allergy = Statement<'allergy'>
type Told = Stated<'allergy'>

export const allergyIn = (entry: Entry | undefined): Allergy | null =>
  entry?.kind === 'allergy' ? (entry.data as unknown as Allergy) : null

const ownIn = ({ reported }: Allergy): Told[] =>
  reported.filter(({ byAllergen }) => byAllergen !== true)

/** Whether a statement deletes what it knows by the allergen alone (IAM-6 D without IAM-7). */
const deletesAllergen =
  (patient: string, { key }: Allergy) =>
  ({ action, code, category, source }: Told): boolean => {
    const name = codeName(code)
    return (
      action !== null &&
      isDeletion(action) &&
      name !== null &&
      key === allergyKey(null, name, category, { patientKey: patient, sender: source })
    )
  }

/** Whether an allergy without a number was ever deleted. */
export const isAllergenDeleted = (patient: string, allergy: Allergy): boolean =>
  ownIn(allergy).some(deletesAllergen(patient, allergy))

const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

const textsOf = ({ text, alternateText }: Coded): string[] =>
  [text, alternateText].flatMap((one) => (one === null ? [] : [one.trim().toLowerCase()]))

/** The same code of the same system, one of them maybe as the alternate; without one, its text. */
const isSameAllergen = (a: Coded, b: Coded): boolean => {
  const codesOf = ({ code, system, alternateCode, alternateSystem }: Coded) =>
    [
      { code, system },
      { code: alternateCode, system: alternateSystem },
    ].filter((one) => one.code !== null)
  const [some, others] = [codesOf(a), codesOf(b)]
  if (some.length > 0 && others.length > 0)
    return some.some((one) =>
      others.some((other) => one.code === other.code && agree(one.system, other.system)),
    )
  const texts = textsOf(b)
  return textsOf(a).some((text) => texts.includes(text))
}

/** Whether an allergy stood when a deletion was said, and is to what that names. */
const fits = (allergy: Allergy, deletion: Told): boolean => {
  const own = ownIn(allergy)
  // A message that deletes one and adds another of the same allergen replaces it.
  if (own.some((told) => told.message === deletion.message && told.place !== deletion.place))
    return false
  const before = own.filter((told) => byVersion(told, deletion) < 0)
  if (before.length === 0) return false
  const then = statementOfAll('allergy', allergy.key, before, null) as unknown as Allergy
  if (!(standing.allergy as readonly string[]).includes(then.status)) return false
  const said = shownFields(then)
  return (
    said.source === deletion.source &&
    agree(said.category, deletion.category) &&
    isSameAllergen(said.code, deletion.code)
  )
}

/**
 * Deletions that name an allergen and no number, by `_id` of the one allergy of the same sender to
 * it that stood when they were said. Where several stood, or the one that is known by the allergen
 * itself, no other is deleted.
 *
 * All follows from what was stated and when, so that the order of arrival does not matter.
 *
 * @param allergies  all of one patient
 */
export const deletedByAllergen = (allergies: readonly Entry[]): ReadonlyMap<string, Told[]> => {
  const told = allergies.flatMap((entry) => {
    const data = allergyIn(entry)
    return data === null ? [] : [{ id: entry._id, patient: entry.patient, data }]
  })
  const found = new Map<string, Told[]>()
  for (const { id, patient, data } of told)
    for (const deletion of ownIn(data).filter(deletesAllergen(patient, data))) {
      const [one, ...others] = told.filter((other) => fits(other.data, deletion))
      if (one === undefined || one.id === id || others.length > 0) continue
      found.set(one.id, [...(found.get(one.id) ?? []), deletion])
    }
  return found
}

/** The entry with these deletions and no others; itself if that is so already. */
export const withDeletions = (entry: Entry, deletions: readonly Told[]): Entry => {
  const data = allergyIn(entry)
  if (data === null) return entry
  const own = ownIn(data)
  if (deletions.length === 0 && own.length === data.reported.length) return entry
  const all = [
    ...own,
    ...deletions.map((told) => ({ ...told, allergyId: data.key, byAllergen: true as const })),
  ].toSorted(byVersion)
  return same(all, data.reported)
    ? entry
    : withData(entry, statementOfAll('allergy', data.key, all, data as unknown as Statement))
}
