const yearAt = 3
const pairs = new Map([
  ['Y', 'N'],
  ['N', 'Y'],
  ['M', 'F'],
  ['F', 'M'],
  ['A', 'U'],
  ['P', 'F'],
  ['I', 'O'],
  ['O', 'I'],
])
const nextDigit = (digit: string) => String((Number(digit) + 1) % 10)
const replaced = (value: string, at: number, character: string) =>
  value.slice(0, at) + character + value.slice(at + 1)

const changedInPlace = (value: string): string[] => {
  const last = value.length - 1
  const end = value[last] as string
  if (/^\d{8,}/.test(value))
    return [
      replaced(value, yearAt, nextDigit(value[yearAt] as string)),
      replaced(value, last, nextDigit(end)),
    ]
  if (/\d/.test(end)) return [replaced(value, last, nextDigit(end))]
  return /[A-Za-z]/.test(end)
    ? [replaced(value, last, end === 'Q' ? 'R' : 'Q'), `${value}x`]
    : [`${value}x`]
}

/**
 * Replacement values of the same kind for a field, most likely accepted first, and the empty value.
 * Escape sequences are not cut.
 */
export const otherValues = (value: string, escapeCharacter: string): string[] => {
  const known = pairs.get(value)
  const changed =
    escapeCharacter !== '' && value.endsWith(escapeCharacter)
      ? [`${value}x`]
      : changedInPlace(value)
  return [...(known === undefined ? [] : [known]), ...changed, ''].filter(
    (other) => other !== value,
  )
}
