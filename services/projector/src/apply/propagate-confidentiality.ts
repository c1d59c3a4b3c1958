import type { Document, Entry } from '@tideway/schemas/documents/entry'
import {
  inheritedInBatch,
  inheritedByStored,
  newlyConfidential,
} from '@tideway/record/entries/confidentiality'
import { pure } from '../errors.ts'
import type { Projected } from './project.ts'
import type { Store } from '../store/store.ts'

/**
 * Adds the documents without an event in the batch that inherit their confidentiality from a
 * changed one, directly or through others. Rare: only when a document's confidentiality is set or
 * changed.
 *
 * @param known  entries as loaded
 */
export const propagateConfidentiality = async (
  projected: readonly Projected[],
  known: ReadonlyMap<string, Entry>,
  { inheritors }: Pick<Store, 'inheritors'>,
): Promise<readonly Projected[]> => {
  const entries = new Map(
    projected.flatMap((each) => each.entries.map((entry) => [entry._id, entry] as const)),
  )
  const inBatch = new Set(entries.keys())
  const followed = new Set<string>()
  const nameOf = ({ _id, data }: Entry): string => `${(data as Document).confidentiality}|${_id}`
  let changed = pure(() => newlyConfidential(entries.values(), known))
  while (changed.length > 0) {
    for (const entry of changed) followed.add(nameOf(entry))
    const stored = await inheritors(
      changed.map(({ patient, data }) => ({ patient, documentId: (data as Document).documentId })),
    )
    const inheriting = pure(() => [
      ...inheritedByStored(
        stored.filter(({ _id }) => !entries.has(_id)),
        entries,
      ),
      ...inheritedInBatch(entries, known),
    ])
    for (const entry of inheriting) entries.set(entry._id, entry)
    changed = inheriting.filter((entry) => !followed.has(nameOf(entry)))
  }
  if (followed.size === 0) return projected
  return projected.map((each) => ({
    ...each,
    entries: each.entries.map((entry) => entries.get(entry._id) ?? entry),
    followers: [...entries.values()].filter(
      ({ _id, patient }) => patient === each.patient && !inBatch.has(_id),
    ),
  }))
}
