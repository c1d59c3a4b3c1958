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

/**
 * The meaning of a repeat pattern by the standard's table; null for any other, because `OD` is once
 * a day to one sender and the right eye to another.
 *
 * @see HL7 v2.5.1 table 0335, repeat pattern
 */
export const repeatPatternOf = (code: string): RepeatPattern | null => {
  const pattern = code.trim().toUpperCase()
  if (Object.hasOwn(fixed, pattern)) return fixed[pattern] as RepeatPattern
  const [, count, unit] = /^Q(\d{1,4})([SMHDWL])$/.exec(pattern) ?? []
  if (count !== undefined && unit !== undefined) return every(Number(count), unit)
  const [, times] = /^([1-9]\d?)ID$/.exec(pattern) ?? []
  return times === undefined ? null : inDay(`${times} times a day`, Number(times))
}
