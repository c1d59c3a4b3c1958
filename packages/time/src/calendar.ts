const daysIn: readonly (number | undefined)[] = [
  ...[undefined, 31, 28, 31, 30, 31, 30],
  ...[31, 31, 30, 31, 30, 31],
]
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Whether a day of the Gregorian calendar exists; four, two and two digits. */
export const isRealDate = (year: string, month: string, day: string): boolean => {
  const length = month === '02' && isLeap(Number(year)) ? 29 : daysIn[Number(month)]
  return length !== undefined && day !== '00' && Number(day) <= length && year !== '0000'
}

/** Whether text is a day that exists, `YYYY-MM-DD`. */
export const isRealDay = (text: string): boolean => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return parts !== null && isRealDate(parts[1] as string, parts[2] as string, parts[3] as string)
}
