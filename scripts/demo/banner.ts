const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const

const title = (text: string) =>
  text
    .toLowerCase()
    .replace(
      /(^|[\s'-])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    )

/** `FAMILY, Given (Title)`. @see CUI PAB-0049 to 0053, NID-0001 to 0013 */
export const shownName = (name: {
  family: string | null
  given: readonly string[]
  prefix: string | null
}): string => {
  const family = (name.family ?? 'Not known').toUpperCase()
  const given = name.given.map(title).join(' ')
  return `${family}${given && `, ${given}`}${name.prefix === null ? '' : ` (${title(name.prefix.replace(/\.$/, ''))})`}`
}

/** `03-Feb-1950`; a partial date shows what is known. @see CUI D+Ta-0006 to 0022 */
export const shownDate = (date: string | null): string => {
  const [year, month, day] = date?.slice(0, 10).split('-') ?? []
  if (year === undefined) return 'Not known'
  return [day, month && months[Number(month) - 1], year].filter(Boolean).join('-')
}

const dayMs = 86_400_000
const addMonths = (date: Date, count: number): Date => {
  const moved = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1))
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(date.getUTCDate(), last))
  return moved
}

/** Whole months from `born` to `now`, and the days left over. */
const monthsAndDays = (born: Date, now: Date): { months: number; days: number } => {
  let count =
    (now.getUTCFullYear() - born.getUTCFullYear()) * 12 + now.getUTCMonth() - born.getUTCMonth()
  if (addMonths(born, count) > now) count--
  return {
    months: count,
    days: Math.floor((now.getTime() - addMonths(born, count).getTime()) / dayMs),
  }
}

const inUnits = (...parts: [number, string][]): string =>
  parts
    .filter(([value]) => value !== 0)
    .map(([value, unit]) => `${value}${unit}`)
    .join(' ')

/**
 * Age as clinicians write it: weeks and days in the first year, years and months until eighteen.
 *
 * @param birthDate  ISO 8601, to the day
 * @returns null if the day of birth is unknown
 * @see CUI patient banner, tables 7 and 8
 */
export const age = (birthDate: string | null, now: Date): string | null => {
  if (birthDate === null || !/^\d{4}-\d\d-\d\d/.test(birthDate)) return null
  const born = new Date(`${birthDate.slice(0, 10)}T00:00:00Z`)
  const lived = Math.floor((now.getTime() - born.getTime()) / dayMs)
  const { months: count, days } = monthsAndDays(born, now)
  if (lived < 2) return `${Math.floor((now.getTime() - born.getTime()) / 3_600_000)}hr`
  if (lived < 28) return `${lived}d`
  if (count < 12) return inUnits([Math.floor(lived / 7), 'w'], [lived % 7, 'd'])
  if (count < 24) return inUnits([count, 'm'], [days, 'd'])
  if (count < 18 * 12) return inUnits([Math.floor(count / 12), 'y'], [count % 12, 'm'])
  return `${Math.floor(count / 12)}y`
}

/** `943 476 5919`. @see CUI NUM-0001 to 0003 */
export const shownNhsNumber = (number: string | null): string =>
  number === null ? 'Not known' : number.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')

const genders: Record<string, string> = {
  female: 'Female',
  male: 'Male',
  other: 'Other',
  unknown: 'Not known',
}

/** In full, never abbreviated. @see CUI PAB-0035 */
export const shownGender = (sex: string | null): string =>
  sex === null ? 'Not known' : (genders[sex] ?? 'Not specified')

/**
 * Zone 1 of the patient banner in its fixed order: name, date of birth with age, gender, NHS
 * number.
 */
export const banner = (
  person: {
    name: Parameters<typeof shownName>[0]
    birthDate: string | null
    sex: string | null
    nhsNumber: string | null
    verified: boolean
  },
  now: Date,
): string => {
  const years = age(person.birthDate, now)
  const number = `NHS No. ${shownNhsNumber(person.nhsNumber)}${person.nhsNumber === null || person.verified ? '' : ' (not verified)'}`
  return [
    shownName(person.name),
    `Born ${shownDate(person.birthDate)}${years === null ? '' : ` (${years})`}`,
    `Gender ${shownGender(person.sex)}`,
    number,
  ].join('   ')
}
