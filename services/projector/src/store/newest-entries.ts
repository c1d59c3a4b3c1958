import type { Entry } from '@tideway/schemas/documents/entry'
import { expandEntry } from '@tideway/schemas/documents/storage-format'
import type { LineKind } from '@tideway/record/summary/head-lines'
import { standing } from '@tideway/record/summary/statement-lines'
import type { Collection } from 'mongodb'
import { pure } from '../errors.ts'

/** Statuses of entries that can have a line in a head; null: any. */
const linedStatuses: Record<LineKind, readonly string[] | null> = {
  encounter: ['open', 'planned'],
  report: null,
  ...standing,
}

const linedAtMost = 1_000
const newestLooked = 50
const sectionOrder = { sortAt: -1, _id: 1 } as const
const dayMs = 86_400_000
/** Widths of the windows of clinical time searched for the newest entries, then all time. */
const windowsMs = [1, 16, 256].map((days) => days * dayMs)

/** Entries of a section in its order. */
export const inSectionOrder = (a: Entry, b: Entry): number =>
  b.sortAt.getTime() - a.sortAt.getTime() || (a._id < b._id ? -1 : 1)

/** Of all entries of a kind, in the order of the section, those that can have a line. */
export const withLine = (kind: LineKind, entries: readonly Entry[]): Entry[] => {
  const statuses = linedStatuses[kind]
  return statuses === null
    ? entries.slice(0, newestLooked)
    : entries
        .filter(({ data }) => 'status' in data && statuses.includes(data.status))
        .slice(0, linedAtMost)
}

/**
 * The newest entries of one kind, by time windows, so that a store that does not stop at a limit
 * reads only part of the history.
 */
const newestOf = async (
  entries: Collection<Entry>,
  patient: string,
  kind: LineKind,
  count: number,
): Promise<Entry[]> => {
  const read = (sortAt: { $gt?: Date; $lt?: Date }, limit: number) =>
    entries.find({ patient, kind, sortAt }).sort(sectionOrder).limit(limit).toArray()
  const now = Date.now()
  const found: Entry[] = []
  let until: Date | null = null
  for (const width of [...windowsMs, null]) {
    const from: Date | null = width === null ? null : new Date(now - width)
    // Exclusive: SecantusDB in Python omits documents equal to a `$gte` bound of a descending
    // field.
    const range = {
      ...(from && { $gt: new Date(from.getTime() - 1) }),
      ...(until && { $lt: until }),
    }
    found.push(...(await read(range, count - found.length)))
    if (found.length === count) break
    until = from
  }
  return pure(() => found.map(expandEntry))
}

/** Entries that can have a line in the patient's head, newest first. */
export const newestWithLine = async (
  entries: Collection<Entry>,
  patient: string,
  kind: LineKind,
): Promise<Entry[]> => {
  if (linedStatuses[kind] === null) return newestOf(entries, patient, kind, newestLooked)
  // The status is filtered here: no index has it, and with it SecantusDB would read every kind.
  const stored = await entries.find({ patient, kind }).sort(sectionOrder).toArray()
  return pure(() => withLine(kind, stored).map(expandEntry))
}
