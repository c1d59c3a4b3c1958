/** Normalises a text for comparison: case and runs of blanks are ignored. */
export const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()

/**
 * Trailing zeros of a decimal do not matter: `3.0` is `3`. A number with leading zeros is an
 * identifier.
 */
export const plainNumber = (text: string): string | null =>
  /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? String(Number(text)) : null

const dtm = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\.\d+)?([+-]\d{4})?$/
const iso =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?$/

/**
 * A day or a minute. `day` and `wall` are the digits as written (8 and 12); `instant` is in
 * milliseconds, if an offset was given.
 */
export type When = { day: string; wall: string | null; instant: number | null }

const when = (parts: RegExpExecArray | null): When | null => {
  if (parts === null) return null
  const [, year, month, day, hour, minute, , offset] = parts
  if (month === undefined) return null
  const date = `${year}${month}${day ?? '  '}`
  if (hour === undefined || minute === undefined) return { day: date, wall: null, instant: null }
  const zone =
    offset === undefined || offset === 'Z' ? offset : `${offset.slice(0, 3)}:${offset.slice(-2)}`
  const instant =
    zone === undefined
      ? Number.NaN
      : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${zone}`)
  return {
    day: date,
    wall: `${date}${hour}${minute}`,
    instant: Number.isNaN(instant) ? null : instant,
  }
}

export const hl7When = (text: string): When | null => when(dtm.exec(text))
export const isoWhen = (text: string): When | null => when(iso.exec(text))

const utcWall = (instant: number): string =>
  new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 12)

/**
 * Whether two times are the same instant, else the same local minute (as written or in UTC), else
 * the same day if one of them is only a day.
 */
export const sameTime = (one: When, other: When): boolean => {
  if (one.wall === null || other.wall === null) return one.day === other.day
  if (one.instant !== null && other.instant !== null) return one.instant === other.instant
  const clocks = ({ wall, instant }: When) => [wall, instant === null ? wall : utcWall(instant)]
  return clocks(one).some((clock) => clocks(other).includes(clock))
}
