/** Offset that a wall clock of one zone shows in an hour: `+01:00` by `2026-07-01T09`. */
type Offsets = Map<string, string>

const minute = 60_000
/** Hours remembered for each zone; asking the platform takes a hundred times as long. */
const most = 20_000
type Zone = { format: Intl.DateTimeFormat; offsets: Offsets; repeated: Map<string, boolean> }
const known = new Map<string, Zone>()

const zoneOf = (timeZone: string): Zone => {
  const found = known.get(timeZone)
  if (found !== undefined) return found
  const zone: Zone = {
    format: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      era: 'short',
    }),
    offsets: new Map(),
    repeated: new Map(),
  }
  known.set(timeZone, zone)
  return zone
}

/**
 * Offset of a wall-clock time, e.g. `+01:00`.
 *
 * An hour that comes twice (clocks go back) is taken as the first, summer time: the one that a
 * sender without offsets most often means in order, and what RFC 5545 says. An hour that is skipped
 * (clocks go forward) keeps the offset from before it, so that a clock not yet put forward tells
 * the right instant.
 *
 * @param local     ISO 8601 without offset, e.g. `2026-07-01T09:15`
 * @param timeZone  IANA name
 * @throws RangeError if there is no such zone
 * @see RFC 5545, 3.3.5
 */
export const offsetAt = (local: string, timeZone: string): string => {
  const { format, offsets } = zoneOf(timeZone)
  const hour = local.slice(0, 13)
  const remembered = offsets.get(hour)
  if (remembered !== undefined) return remembered
  const offset = asText(earlierOffset(Date.parse(`${hour}:00:00Z`), format))
  if (offsets.size >= most) offsets.clear()
  offsets.set(hour, offset)
  return offset
}

const asText = (minutes: number): string => {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
const two = (number: number) => String(number).padStart(2, '0')

/**
 * Whether a wall-clock hour comes twice in a zone, as when clocks go back: `offsetAt` takes it as
 * the first.
 *
 * @param local     ISO 8601 without offset, e.g. `2025-10-26T01:15`
 * @param timeZone  IANA name
 */
export const isRepeatedHour = (local: string, timeZone: string): boolean => {
  const { format, repeated } = zoneOf(timeZone)
  const hour = local.slice(0, 13)
  const remembered = repeated.get(hour)
  if (remembered !== undefined) return remembered
  const { fitting } = offsetsAround(Date.parse(`${hour}:00:00Z`), format)
  const isRepeated = new Set(fitting).size > 1
  if (repeated.size >= most) repeated.clear()
  repeated.set(hour, isRepeated)
  return isRepeated
}

/**
 * The day of an instant on the wall clock of a zone, `2026-07-01`.
 *
 * @param instant   milliseconds since 1970 UTC
 * @param timeZone  IANA name
 */
export const dayAt = (instant: number, timeZone: string): string =>
  new Date(instant + offsetOf(instant, zoneOf(timeZone).format) * minute).toISOString().slice(0, 10)

/**
 * Of the offsets a day before and a day after, the first that fits the wall time; where none does,
 * the one before.
 */
const earlierOffset = (wall: number, format: Intl.DateTimeFormat): number => {
  const { before, fitting } = offsetsAround(wall, format)
  return fitting[0] ?? before
}

/** The offset a day before, and which of those a day before and a day after fit the wall time. */
const offsetsAround = (
  wall: number,
  format: Intl.DateTimeFormat,
): { before: number; fitting: number[] } => {
  const day = 24 * 60 * minute
  const before = offsetOf(wall - day, format)
  const after = offsetOf(wall + day, format)
  const fits = (offset: number) => offsetOf(wall - offset * minute, format) === offset
  return { before, fitting: [before, after].filter(fits) }
}

/** Minutes east of UTC at an instant. */
const offsetOf = (instant: number, format: Intl.DateTimeFormat): number => {
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, value]),
  )
  const wall = Date.parse(
    `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:00Z`,
  )
  return Math.round((wall - Math.floor(instant / minute) * minute) / minute)
}
