import {
  type ArchiveObjectDraft,
  draftArchiveObject,
  entriesAfter,
  type LogEntry,
} from './archive-object.ts'

/**
 * Entries of one partition that were read and are not archived yet.
 *
 * @param coveredUntil  last offset that is archived already; entries up to it are dropped
 */
export const partitionBuffer = (partition: number, coveredUntil: number) => {
  let entries: LogEntry[] = []
  let bytes = 0
  let covered = coveredUntil
  let waitingSince = Date.now()

  return {
    add(read: readonly LogEntry[]): void {
      const added = entriesAfter(read, Math.max(covered, entries.at(-1)?.offset ?? -1))
      if (entries.length === 0) waitingSince = Date.now()
      entries.push(...added)
      bytes += added.reduce((sum, entry) => sum + entry.bytes, 0)
    },
    /** Content of the next archive object. @throws RangeError if the buffer is empty */
    draft: (maxBytes: number): ArchiveObjectDraft =>
      draftArchiveObject(partition, entries, maxBytes),
    /** Everything up to and including `offset` is archived. */
    dropThrough(offset: number): void {
      entries = entriesAfter(entries, offset)
      covered = Math.max(covered, offset)
      bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
    },
    restartAge(): void {
      waitingSince = Date.now()
    },
    /** Milliseconds since the oldest entry came in or the last flush began; 0 if empty. */
    age: (): number => (entries.length === 0 ? 0 : Date.now() - waitingSince),
    firstOffset: (): number | null => entries[0]?.offset ?? null,
    lastOffset: (): number | null => entries.at(-1)?.offset ?? null,
    length: () => entries.length,
    bytes: () => bytes,
  }
}
