import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { MessageReceived } from '@tideway/schemas/events.generated'

/**
 * A place in the log as read: a message to archive, or null where there is nothing to (it is
 * archived at an earlier offset).
 */
export type Entry = {
  offset: number
  durableAt: number
  message: MessageReceived | null
  bytes: number
}

/**
 * What one archive object is to cover: offsets without a gap. Tiles of a partition lie end to end.
 */
export type Tile = {
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
 * The next tile: entries from the first on, up to a gap in the log, the end of the day (UTC) or
 * `maxBytes`, at least one. Since no tile is of two days, an object's name tells the day of all its
 * messages.
 *
 * @throws RangeError if there is no entry
 */
export const takeTile = (partition: number, entries: readonly Entry[], maxBytes: number): Tile => {
  const [start] = entries
  if (start === undefined) throw new RangeError('nothing to archive')
  const tile: Tile = {
    partition,
    first: start.offset,
    last: start.offset - 1,
    durableAt: start.durableAt,
    messages: [],
    skipped: [],
  }
  let bytes = 0
  for (const { offset, durableAt, message, bytes: size } of entries) {
    const isNextDay = Math.floor(durableAt / day) !== Math.floor(tile.durableAt / day)
    if (offset !== tile.last + 1 || isNextDay || (bytes > 0 && bytes + size > maxBytes)) break
    if (message === null) tile.skipped.push(offset)
    else tile.messages.push({ partition, offset, durableAt, message })
    tile.last = offset
    bytes += size
  }
  return tile
}

/** Entries still to be archived once everything up to and including `covered` is. */
export const entriesAfter = (entries: readonly Entry[], covered: number): Entry[] =>
  entries.filter(({ offset }) => offset > covered)
