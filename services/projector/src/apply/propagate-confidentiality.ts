import type { Document, Entry } from '@tideway/schemas/documents/entry'
import { heirsChanged, heirsIn, newlyConfidential } from '@tideway/record/entries/confidentiality'
import type { Projected } from './project.ts'
import type { Store } from '../store/store.ts'

/**
 * Adds the documents that no event of the batch speaks of and that have to follow another in
 * confidentiality, and those that follow them. Rare: only when a document says how confidential it
 * is for the first time, or anew.
 *
 * @param known  entries as they were loaded
 */
export const withHeirs = async (
  projected: readonly Projected[],
  known: ReadonlyMap<string, Entry>,
  { heirs }: Pick<Store, 'heirs'>,
): Promise<readonly Projected[]> => {
  const entries = new Map(
    projected.flatMap((each) => each.entries.map((entry) => [entry._id, entry] as const)),
  )
  const spokenOf = new Set(entries.keys())
  const asked = new Set<string>()
  const nameOf = ({ _id, data }: Entry): string => `${(data as Document).confidentiality}|${_id}`
  let news = newlyConfidential(entries.values(), known)
  while (news.length > 0) {
    for (const entry of news) asked.add(nameOf(entry))
    const stored = await heirs(
      news.map(({ patient, data }) => ({ patient, documentId: (data as Document).documentId })),
    )
    const changed = [
      ...heirsChanged(
        stored.filter(({ _id }) => !entries.has(_id)),
        entries,
      ),
      ...heirsIn(entries, known),
    ]
    for (const entry of changed) entries.set(entry._id, entry)
    news = changed.filter((entry) => !asked.has(nameOf(entry)))
  }
  if (asked.size === 0) return projected
  return projected.map((each) => ({
    ...each,
    entries: each.entries.map((entry) => entries.get(entry._id) ?? entry),
    followers: [...entries.values()].filter(
      ({ _id, patient }) => patient === each.patient && !spokenOf.has(_id),
    ),
  }))
}
