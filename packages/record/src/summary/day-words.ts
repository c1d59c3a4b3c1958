const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
]

/**
 * The day of a time as clinicians read it, `27-Nov-2026`; less precise if so sent: `Nov-2026`,
 * `2026`. Anything else as sent.
 *
 * @see NHS Common User Interface, Date Display, D+Ta-0006 to 0010
 */
export const dayWords = (time: string): string => {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(time) ?? []
  const name = months[Number(month ?? '0') - 1]
  if (year === undefined || (month !== undefined && name === undefined)) return time
  return [day, name, year].filter((part) => part !== undefined).join('-')
}
