import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { MessageReceived } from '@tideway/schemas/events.generated'

/**
 * One offset of a partition. `message` is null if nothing is to be archived here: the message is
 * archived at an earlier offset, or the record could not be decoded.
 *
 * @property durableAt  the broker's time, milliseconds
 * @property bytes      size of the record
 */
export type LogEntry = {
  offset: number
  durableAt: number
  message: MessageReceived | null
  bytes: number
}

/**
 * Content of an archive object before it is put: every offset from `first` to `last`. Objects of a
 * partition cover the log end to end, without gap or overlap.
 */
export type ArchiveObjectDraft = {
  partition: number
  first: number
  last: number
  durableAt: number
  messages: ArchivedMessage[]
  skipped: number[]
}

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000

/**
 * Content of the next archive object: entries from the first on, up to a gap in the offsets, the
 * end of the day (UTC) or `maxBytes`, at least one. No object spans two days, so its name gives the
 * day of all its messages.
 *
 * @throws RangeError if there is no entry
 */
export const draftArchiveObject = (
  partition: number,
  entries: readonly LogEntry[],
  maxBytes: number,
): ArchiveObjectDraft => {
  const [start] = entries
  if (start === undefined) throw new RangeError('nothing to archive')
  const draft: ArchiveObjectDraft = {
    partition,
    first: start.offset,
    last: start.offset - 1,
    durableAt: start.durableAt,
    messages: [],
    skipped: [],
  }
  let bytes = 0
  for (const { offset, durableAt, message, bytes: size } of entries) {
    const isNextDay = Math.floor(durableAt / day) !== Math.floor(draft.durableAt / day)
    if (offset !== draft.last + 1 || isNextDay || (bytes > 0 && bytes + size > maxBytes)) break
    if (message === null) draft.skipped.push(offset)
    else draft.messages.push({ partition, offset, durableAt, message })
    draft.last = offset
    bytes += size
  }
  return draft
}

/** Entries still to be archived once every offset up to and including `covered` is. */
export const entriesAfter = (entries: readonly LogEntry[], covered: number): LogEntry[] =>
  entries.filter(({ offset }) => offset > covered)
