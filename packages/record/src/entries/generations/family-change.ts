import type { Entry, Generation } from '@tideway/schemas/documents/entry'
import { memberIdOf } from './member-ids.ts'

/** What one event makes of the entries of a number that was used again. */
export type FamilyChange = {
  /** The entry that the event is about. */
  entry: Entry
  /** Others that changed or may not have had their lines in the head saved when they did. */
  others: Entry[]
  /** Of all these, entries that hold facts of others now, and are saved before them. */
  first: string[]
  /** Entries whose facts are all in others now. */
  dissolved: readonly string[]
}

/** `_id` of what names no date and may be about several generations of a number. */
export const undatedId = (firstId: string): string => memberIdOf(firstId, 'undated')

type Find = (id: string) => Entry | undefined

const isMoved = (entry: Entry, before: Entry | undefined, message: string): boolean => {
  const known = new Set(before?.origins.map((origin) => origin.message))
  return entry.origins.some((origin) => origin.message !== message && !known.has(origin.message))
}

/** The first entry with the generations of its number. */
export const withFamily = (
  entry: Entry,
  family: readonly Generation[],
  dissolved: readonly string[],
): Entry => {
  const { family: _, dissolved: __, ...bare } = entry
  return {
    ...bare,
    ...(family.length > 1 ? { family: [...family] } : {}),
    ...(dissolved.length > 0 ? { dissolved: [...dissolved] } : {}),
  }
}

/**
 * What changed of a number's entries.
 *
 * @param made  entries after the event, the one it is about among them
 * @param family  generations after the event, the earliest first
 * @param message  of the event
 */
export const familyChange = (
  made: readonly Entry[],
  own: string,
  first: Entry,
  family: readonly Generation[],
  message: string,
  find: Find,
): FamilyChange => {
  const ids = new Set([...family.map(({ id }) => id), ...made.map(({ _id }) => _id)])
  const gone = [...(first.family ?? []).map(({ id }) => id), ...(first.dissolved ?? [])]
  const dissolved = [...new Set(gone)].filter((id) => !ids.has(id)).toSorted()
  const entries = new Map([first, ...made].map((entry) => [entry._id, entry]))
  const head = entries.get(first._id) as Entry
  entries.set(first._id, withFamily(head, family, dissolved))
  const entry = entries.get(own) as Entry
  for (const id of [...family.map((one) => one.id), undatedId(first._id)]) {
    const known = find(id)
    if (known !== undefined && !entries.has(id)) entries.set(id, known)
  }
  const others = [...entries.values()].filter((one) => one._id !== own)
  return {
    entry,
    others,
    first: [entry, ...others]
      .filter((one) => isMoved(one, find(one._id), message))
      .map(({ _id }) => _id),
    dissolved,
  }
}
