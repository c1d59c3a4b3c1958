const hourMs = 3_600_000
const hoursInWeek = 168
/** Hours of clock time from Monday 29 December 1969 to 1970. */
const toMonday = 3 * 24

/** Hour of the week (0: Monday, midnight to one), and the number of that week. */
export type HourOfWeek = { hour: number; week: number }

/** Hours remembered; asking the platform takes a hundred times as long. */
const most = 20_000
const known = new Map<string, HourOfWeek>()
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
    })
  formats.set(timeZone, format)
  return format
}

/**
 * The hour of the week on the clocks of a zone, so that a habit keeps its hour when they change.
 *
 * @param time  milliseconds since 1970 UTC
 */
export const hourOfWeek = (time: number, timeZone: string): HourOfWeek => {
  const start = Math.floor(time / hourMs) * hourMs
  const key = `${timeZone} ${start}`
  const found = known.get(key)
  if (found !== undefined) return found
  const parts = formatOf(timeZone).formatToParts(start)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'))
  const hours = local / hourMs + toMonday
  const answer = { hour: hours % hoursInWeek, week: Math.floor(hours / hoursInWeek) }
  if (known.size >= most) known.clear()
  known.set(key, answer)
  return answer
}
