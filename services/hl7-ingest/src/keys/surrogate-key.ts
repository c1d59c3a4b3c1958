import { surrogatePatientKey } from '@tideway/record/keys/patient-key'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import type { Identifier } from '@tideway/schemas/events.generated'
import { readIdentifiers } from '../datatypes/cx.ts'
import { isNhsNumber, validChiNumber, validNhsNumber } from '../datatypes/nhs-number.ts'
import { optionalTime } from '../datatypes/time-field.ts'
import type { Context } from '../normalise/mapping.ts'
import { isInForce } from './in-force.ts'
import { isOtherNumber } from './patient-numbers.ts'

/**
 * Surrogate key from the NHS number, else a CHI or H&C number, and the birth date; see
 * `surrogatePatientKey`. Only from a number that is valid and in force, and if there is one only:
 * two identify two people. A patient with another number that cannot be used, because it has
 * expired or its authority is not in the source's file, gets one only if the file says so:
 * otherwise the message waits for that number to be clarified, and is not filed under another key.
 */
export const readSurrogateKey = (
  pid: Segment,
  identifiers: readonly Identifier[],
  context: Context,
): string | null => {
  const { source, production } = context
  const { patientsByNhsNumber } = source.hl7
  if (patientsByNhsNumber === false) return null
  const [old, others] = [
    [2, 4],
    [18, 19],
  ].map((fields) => fields.flatMap((field) => readIdentifiers(pid, field, source)))
  const own = [...identifiers, ...(old ?? [])]
  if (patientsByNhsNumber === undefined && own.some((one) => isOtherNumber(one, pid, source)))
    return null
  const inForce = [...own, ...(others ?? [])].filter((one) => isInForce(one, pid.message, source))
  const nhsNumbers = inForce.map((one) =>
    isNhsNumber(one, source) ? validNhsNumber(one.value, production) : null,
  )
  const [number, ...more] = distinct(nhsNumbers) ?? distinct(inForce.map(validChiNumber)) ?? []
  return number === undefined || more.length > 0
    ? null
    : surrogatePatientKey(source.ods, number, optionalTime(pid, 7, context))
}

/** Each number once; null if there is none. */
const distinct = (numbers: readonly (string | null)[]): string[] | null => {
  const found = [...new Set(numbers.filter((number) => number !== null))]
  return found.length === 0 ? null : found
}
