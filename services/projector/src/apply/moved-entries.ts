import type { Entry } from '@tideway/schemas/documents/entry'
import { chunked } from '@tideway/record/entries/chunks/chunks'

/** Entries of a batch so far, see `ApplyResult`. */
type Kept = { entries: Map<string, Entry>; first: Set<string>; dissolved: Set<string> }

/** Entries that facts moved between. */
type Moved = { entries: Iterable<Entry>; first: Iterable<string>; dissolved: Iterable<string> }

/** Keeps entries that an event made, and what moved between them. @param stored  as loaded */
export const keepMoved = (
  { entries, first, dissolved }: Kept,
  stored: ReadonlyMap<string, Entry>,
  moved: Moved,
): void => {
  for (const entry of moved.entries) {
    const { version = 0 } = dissolved.has(entry._id) ? (stored.get(entry._id) ?? {}) : entry
    entries.set(entry._id, { ...entry, version })
    dissolved.delete(entry._id)
  }
  for (const id of moved.first) first.add(id)
  for (const id of moved.dissolved) {
    entries.delete(id)
    dissolved.add(id)
  }
}

/**
 * Divides reports that have become too large for one document.
 *
 * @param message  that changed them
 * @param changed  `_id` of each
 */
export const keepChunks = (
  kept: Kept,
  stored: ReadonlyMap<string, Entry>,
  message: string,
  changed: ReadonlySet<string>,
  find: (id: string) => Entry | undefined,
): void => {
  for (const id of changed) {
    const entry = find(id)
    const isRepeated = stored.get(id)?.origins.some((origin) => origin.message === message) ?? false
    const made = entry?.kind === 'report' ? chunked(entry, find, isRepeated) : null
    if (made === null) continue
    const { report, chunks, dissolved } = made
    const first = chunks.map(({ _id }) => _id)
    keepMoved(kept, stored, { entries: [report, ...chunks], first, dissolved })
  }
}
