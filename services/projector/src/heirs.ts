import type { Document, Entry } from '@tideway/schemas/documents/entry'
import { heirsChanged, newlyConfidential } from './entries/confidentiality.ts'
import type { Projected } from './project.ts'
import type { Store } from './store.ts'

/**
 * Adds the documents that no event of the batch speaks of and that have to follow another in confidentiality, and those that follow them. Rare: only when a document says how confidential it is for the first time, or anew.
 *
 * @param known  entries as they were loaded
 */
export const withHeirs = async (projected: readonly Projected[], known: ReadonlyMap<string, Entry>, { heirs }: Pick<Store, 'heirs'>): Promise<readonly Projected[]> => {
  const entries = new Map(projected.flatMap((each) => each.entries.map((entry) => [entry._id, entry] as const)))
  const asked = new Set<string>()
  const added: Entry[] = []
  let news = newlyConfidential(entries.values(), known)
  while (news.length > 0) {
    for (const { _id } of news) asked.add(_id)
    const stored = await heirs(news.map(({ patient, data }) => ({ patient, documentId: (data as Document).documentId })))
    const changed = heirsChanged(stored.filter(({ _id }) => !entries.has(_id)), entries)
    for (const entry of changed) entries.set(entry._id, entry)
    added.push(...changed)
    news = changed.filter(({ _id }) => !asked.has(_id))
  }
  return added.length === 0 ? projected : projected.map((each) => ({ ...each, followers: added.filter(({ patient }) => patient === each.patient) }))
}
