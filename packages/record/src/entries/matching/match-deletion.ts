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

/** Whether a statement knows it by what it is to, for want of a number (IAM-7): AL1 has none. */
export const isByAllergen = (
  patient: string,
  { key }: Pick<Allergy, 'key'>,
  { code, category, source }: Pick<Told, 'code' | 'category' | 'source'>,
): boolean => {
  const name = codeName(code)
  return (
    name !== null &&
    key === allergyKey(null, name, category, { patientKey: patient, sender: source })
  )
}

/** Whether a statement deletes an allergy and names the allergen (IAM-6 D with IAM-3). */
const deletes = ({ action, code }: Told): boolean =>
  action !== null && isDeletion(action) && codeName(code) !== null

/** Whether an allergy without a number was ever deleted. */
export const isAllergenDeleted = (patient: string, allergy: Allergy): boolean =>
  ownIn(allergy).some((told) => deletes(told) && isByAllergen(patient, allergy, told))

const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

const textsOf = ({ text, alternateText }: Coded): string[] =>
  [text, alternateText].flatMap((one) => (one === null ? [] : [one.trim().toLowerCase()]))

/**
 * The same code of the same system, one of them maybe as the alternate. The same text where no
 * codes can be compared, since one has none or all are of different systems.
 */
const isSameAllergen = (a: Coded, b: Coded): boolean => {
  const codesOf = ({ code, system, alternateCode, alternateSystem }: Coded) =>
    [
      { code, system },
      { code: alternateCode, system: alternateSystem },
    ].filter((one) => one.code !== null)
  const [some, others] = [codesOf(a), codesOf(b)]
  const comparable = some.flatMap((one) =>
    others.filter((other) => agree(one.system, other.system)).map((other) => [one, other] as const),
  )
  if (comparable.length > 0) return comparable.some(([one, other]) => one.code === other.code)
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

type ToldOf = { id: string; patient: string; data: Allergy }

/**
 * The one other allergy that a deletion finds by its allergen; null if none or several fit. One
 * with a number deletes its own number, and finds only what has none.
 */
const foundBy = (all: readonly ToldOf[], { id, patient, data }: ToldOf, deletion: Told) => {
  const fitting = all.filter((other) => fits(other.data, deletion))
  const isNumbered = !isByAllergen(patient, data, deletion)
  const [one, ...others] = isNumbered ? fitting.filter((other) => other.id !== id) : fitting
  if (one === undefined || one.id === id || others.length > 0) return null
  const isBare = ownIn(one.data).some((told) => isByAllergen(patient, one.data, told))
  return isNumbered && !isBare ? null : one
}

/**
 * Deletions that name an allergen, by `_id` of the one allergy of the same sender to it that stood
 * when they were said: of one without a number, whatever number that has; of one with a number,
 * what has none. Where several stood, or the one that is known by the allergen itself, no other is
 * deleted.
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
  for (const one of told)
    for (const deletion of ownIn(one.data).filter(deletes)) {
      const other = foundBy(told, one, deletion)
      if (other !== null) found.set(other.id, [...(found.get(other.id) ?? []), deletion])
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
