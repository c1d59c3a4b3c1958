const separators = /[\s\u00a0\u2010-\u2015-]/g
const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * The ten digits of an NHS number in any spacing; null if it is not valid: wrong length, ten equal
 * digits, or a wrong check digit.
 *
 * @see NHS Data Dictionary, NHS NUMBER: modulus 11 over the first nine digits, weights 10 to 2; a
 *   result of 10 is never issued, 11 is 0
 */
export const nhsNumberOf = (text: string): string | null => {
  const digits = text.replace(separators, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return null
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return (11 - (sum % 11)) % 11 === Number(digits[9]) ? digits : null
}
