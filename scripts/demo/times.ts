const zone = 'Europe/London'
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Milliseconds since 1970 UTC of an ISO 8601 time, of a day at midnight; null if there is none. */
export const instantOf = (time: string | null | undefined): number | null => {
  const parsed = Date.parse(time ?? '')
  return Number.isNaN(parsed) ? null : parsed
}

/** `22-Nov 20:41`; a date without a time stays a date. */
export const shownTime = (time: string | null | undefined): string => {
  const at = instantOf(time)
  if (at === null) return 'not known'
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = `${parts['day']}-${(parts['month'] ?? '').slice(0, 3)}`
  return (time ?? '').length > 10 ? `${day} ${parts['hour']}:${parts['minute']}` : day
}

/** `3min`, `2hr 45min`, `4d`. @see CUI D+Tb-0026 to 0033 */
export const span = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)}d`
  if (hours === 0) return `${minutes}min`
  return minutes % 60 === 0 ? `${hours}hr` : `${hours}hr ${minutes % 60}min`
}

/** `22-Nov 20:41 (3min)`, with the age in parentheses. */
export const timeAndAge = (time: string | null | undefined, now: Date): string => {
  const at = instantOf(time)
  return at === null ? 'not known' : `${shownTime(time)} (${span(now.getTime() - at)})`
}
