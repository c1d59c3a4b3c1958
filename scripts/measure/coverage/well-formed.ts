import type { Problem } from '@tideway/schemas/events.generated'
import type { Header } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { ExpectedFields } from './expected.ts'

const place = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+))?$/

/**
 * Values at a place such as `PID-7` or `OBX[4]-5`; without an index, of every segment of that name;
 * for a segment, its name.
 */
const valuesAt = ({ segments }: Hl7Message, at: string): string[] => {
  const [, name, nth, field] = place.exec(at) ?? []
  const found = segments.filter(
    (segment) => segment.name === name && (nth === undefined || segment.nth === Number(nth)),
  )
  return found
    .map(({ fields }) => (field === undefined ? (name as string) : (fields[Number(field)] ?? '')))
    .filter((value) => value !== '' && value !== '""')
}

/**
 * Whether a text is a timestamp of a real day, in any precision. Independent of the reader's own
 * rule, so that a fault of the reader shows. HL7 v2.5.1 chapter 2A, DTM.
 */
const isTimestamp = (value: string): boolean => {
  const [, year, month = '01', day = '01'] =
    /^(\d{4})(\d\d)?(\d\d)?(?:\d\d){0,3}(?:\.\d{1,4})?(?:[+-]\d{4})?$/.exec(
      value.split('^')[0] as string,
    ) ?? []
  if (year === undefined) return false
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}

const refusedByRule = new Set(['SAME_PATIENT_MERGED', 'SEVERAL_PATIENTS'])

/**
 * Why a message cannot be mapped; null if it is well-formed: it can be parsed, has MSH-9 and
 * MSH-10, contains what its type requires, identifies one patient that the source may identify, and
 * the value that parked it is valid for its field.
 *
 * @param expected  what its type requires; null for a type outside the table
 * @param patientKeys  patients that were identified in it
 */
export const malformation = (
  message: Hl7Message,
  header: Header,
  expected: ExpectedFields | null,
  patientKeys: readonly string[],
  problem: Problem | null,
): string | null => {
  if (header.type === null) return 'no MSH-9'
  if (header.controlId === null) return 'no MSH-10'
  const absent = expected?.needs.find((need) =>
    need.split('|').every((one) => valuesAt(message, one).length === 0),
  )
  if (absent !== undefined) return `no ${absent.replaceAll('|', ' or ')}`
  if (expected?.patient === true && patientKeys.length === 0)
    return 'no usable patient identifier in PID-3, PID-2 or PID-4'
  if (problem !== null && refusedByRule.has(problem.code))
    return `${problem.code} at ${problem.place}`
  if (problem?.code === 'INVALID_FIELD' && !valuesAt(message, problem.place).some(isTimestamp))
    return `no timestamp in ${problem.place}`
  return null
}
