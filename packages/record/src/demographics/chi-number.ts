import { nhsNumberOf } from './nhs-number.ts'

/** Day and month of birth, which a CHI number begins with. */
const chi = /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{6}$/
/** 320 000 0001 to 399 999 9999. */
const healthAndCare = /^3[2-9]\d{8}$/

/**
 * The ten digits of a CHI number (Scotland) or an H&C number (Northern Ireland); null if it is not
 * valid. They have the check digit of an NHS number, in ranges that no NHS number is in.
 *
 * @see NHS Data Dictionary, COMMUNITY HEALTH INDEX NUMBER and HEALTH AND CARE NUMBER
 */
export const chiNumberOf = (text: string): string | null => {
  const digits = nhsNumberOf(text)
  return digits !== null && (chi.test(digits) || healthAndCare.test(digits)) ? digits : null
}
