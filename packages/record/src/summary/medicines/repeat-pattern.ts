import type { Coded } from '@tideway/schemas/events.generated'

/**
 * A repeat pattern in words, and as a number of times in a period if it is one (`ucum`: its unit).
 */
export type RepeatPattern = {
  words: string
  times: { frequency: string; period: string; ucum: string } | null
}
const inDay = (words: string, frequency: number): RepeatPattern => ({
  words,
  times: { frequency: String(frequency), period: '1', ucum: 'd' },
})
const only = (words: string): RepeatPattern => ({ words, times: null })

/** HL7 v2.5.1 table 0335, patterns of one word. */
const fixed: Readonly<Record<string, RepeatPattern>> = {
  BID: inDay('twice a day', 2),
  TID: inDay('three times a day', 3),
  QID: inDay('four times a day', 4),
  QAM: inDay('every morning', 1),
  QPM: inDay('every evening', 1),
  QHS: inDay('every day at bedtime', 1),
  QSHIFT: only('in every eight-hour shift'),
  QOD: { words: 'every second day', times: { frequency: '1', period: '2', ucum: 'd' } },
  C: only('continuously'),
  ONCE: only('once'),
  PRN: only('as needed'),
  AC: only('before meals'),
  ACM: only('before breakfast'),
  ACD: only('before lunch'),
  ACV: only('before the evening meal'),
  PC: only('after meals'),
  PCM: only('after breakfast'),
  PCD: only('after lunch'),
  PCV: only('after the evening meal'),
  IC: only('between meals'),
  ICM: only('between breakfast and lunch'),
  ICD: only('between lunch and the evening meal'),
  ICV: only('between the evening meal and bedtime'),
}

/** Units of `Q<n>S` to `Q<n>L`, in words and in UCUM. */
const units: Readonly<Record<string, readonly [one: string, ucum: string]>> = {
  S: ['second', 's'],
  M: ['minute', 'min'],
  H: ['hour', 'h'],
  D: ['day', 'd'],
  W: ['week', 'wk'],
  L: ['month', 'mo'],
}

const every = (count: number, unit: string): RepeatPattern | null => {
  const found = units[unit]
  if (found === undefined || count === 0) return null
  const [one, ucum] = found
  return {
    words: count === 1 ? `every ${one}` : `every ${count} ${one}s`,
    times: { frequency: '1', period: String(count), ucum },
  }
}

const inWeek = (words: string, ucum: string): RepeatPattern => ({
  words,
  times: { frequency: '1', period: '1', ucum },
})

/** Codes whose meaning is certain only with their system. @see HL7 v3 GTSAbbreviation */
const abbreviations: Readonly<Record<string, RepeatPattern>> = {
  AM: inDay('every morning', 1),
  PM: inDay('every afternoon', 1),
  QD: inDay('every day', 1),
  BED: inDay('every day at bedtime', 1),
  WK: inWeek('weekly', 'wk'),
  MO: inWeek('monthly', 'mo'),
  JB: only('on business days'),
  JE: only('at weekends'),
  JH: only('on holidays'),
}

const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** System of the codes `mon` to `sun`. */
export const daysOfWeek = 'http://hl7.org/fhir/days-of-week'

/**
 * A pattern of days of the week: `QJ1` or a FHIR `mon` is on Monday, `Q2J2` every second Tuesday;
 * null for any other.
 */
export const dayPatternOf = ({ code, system }: Coded): string | null => {
  if (code === null) return null
  if (system === daysOfWeek) {
    const day = weekDays.find((one) => one.slice(0, 3).toLowerCase() === code.toLowerCase())
    return `on ${day ?? code}`
  }
  const [, weeks, sent] = /^Q(\d{0,2})J([1-7]{1,7})$/i.exec(code.trim()) ?? []
  if (sent === undefined) return null
  const days = [...sent].map((one) => weekDays[Number(one) - 1]).join(' and ')
  const every = Number(weeks || '1')
  return every === 1 ? `every ${days}` : `every ${every} weeks on ${days}`
}

/** Events of the day. @see HL7 v2.5.1 table 0528; HL7 v3 TimingEvent; FHIR EventTiming */
const events: Readonly<Record<string, string>> = {
  MORN: 'in the morning',
  'MORN.early': 'in the early morning',
  'MORN.late': 'in the late morning',
  NOON: 'at noon',
  AFT: 'in the afternoon',
  'AFT.early': 'in the early afternoon',
  'AFT.late': 'in the late afternoon',
  EVE: 'in the evening',
  'EVE.early': 'in the early evening',
  'EVE.late': 'in the late evening',
  NIGHT: 'at night',
  PHS: 'after falling asleep',
  HS: 'at bedtime',
  WAKE: 'on waking',
  C: 'with meals',
  CM: 'with breakfast',
  CD: 'with lunch',
  CV: 'with the evening meal',
}

/** One or more events of the day in words; any that is in no table as sent. */
export const eventWordsOf = (sent: string): string =>
  sent
    .split(' ')
    .map((event) => events[event] ?? fixed[event]?.words ?? event)
    .join(' and ')

/**
 * The meaning of a repeat pattern by the standard's table; null for any other, because `OD` is once
 * a day to one sender and the right eye to another.
 *
 * @see HL7 v2.5.1 table 0335, repeat pattern
 */
export const repeatPatternOf = (
  code: string,
  system: string | null = null,
): RepeatPattern | null => {
  const pattern = code.trim().toUpperCase()
  if (system?.endsWith('GTSAbbreviation') && Object.hasOwn(abbreviations, pattern))
    return abbreviations[pattern] as RepeatPattern
  if (Object.hasOwn(fixed, pattern)) return fixed[pattern] as RepeatPattern
  const [, count, unit] = /^Q(\d{1,4})([SMHDWL])$/.exec(pattern) ?? []
  if (count !== undefined && unit !== undefined) return every(Number(count), unit)
  const [, times] = /^([1-9]\d?)ID$/.exec(pattern) ?? []
  return times === undefined ? null : inDay(`${times} times a day`, Number(times))
}
