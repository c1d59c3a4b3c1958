import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { PatientSearch } from '../chart/open-chart.ts'
import { type FieldProblem, invalidRequest } from '../errors.ts'
import { isRealDay } from '../http/day.ts'

const pairs = [
  ['nhsNumber', 'birthDate'],
  ['organisation', 'identifier'],
] as const
const fields = pairs.flat() as string[]

const faultOf: Record<string, (text: string) => string | null> = {
  nhsNumber: (text) =>
    nhsNumberOf(text) === null
      ? 'is not an NHS number: ten digits whose last is the modulus 11 check digit'
      : null,
  birthDate: (text) => (isRealDay(text) ? null : 'is not a day that exists, as YYYY-MM-DD'),
  organisation: (text) => (/^[A-Za-z0-9]{1,12}$/.test(text) ? null : 'is not an ODS code'),
  identifier: (text) => (text.length <= 64 ? null : 'is longer than 64 characters'),
}

const fieldFault = (body: Record<string, unknown>, field: string): FieldProblem[] => {
  const value = body[field]
  if (value === undefined || value === null) return [{ field, reason: 'is missing' }]
  if (typeof value !== 'string') return [{ field, reason: 'is not text' }]
  if (value.trim() === '') return [{ field, reason: 'is empty' }]
  const reason = faultOf[field]?.(value.trim()) ?? null
  return reason === null ? [] : [{ field, reason }]
}

/**
 * Reads the body of a search: NHS number and birth date, or an organisation and its own identifier;
 * never a part of either.
 *
 * @throws ApiError INVALID_REQUEST naming every field that is wrong and why, never what it held
 */
export const readSearch = (body: unknown): PatientSearch => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidRequest({ field: 'body', reason: 'is not a JSON object' })
  const sent = body as Record<string, unknown>
  if (Object.keys(sent).some((field) => !fields.includes(field)))
    throw invalidRequest({ field: 'body', reason: `holds a field other than ${fields.join(', ')}` })
  const asked = pairs.filter((pair) => pair.some((field) => sent[field] !== undefined))
  const [pair] = asked
  if (pair === undefined || asked.length > 1)
    throw invalidRequest({
      field: 'body',
      reason: 'must hold nhsNumber and birthDate, or organisation and identifier',
    })
  const faults = pair.flatMap((field) => fieldFault(sent, field))
  if (faults.length > 0) throw invalidRequest(...faults)
  const text = (field: string) => (sent[field] as string).trim()
  return pair[0] === 'nhsNumber'
    ? {
        by: 'nhsNumber',
        nhsNumber: nhsNumberOf(text('nhsNumber')) as string,
        birthDate: text('birthDate'),
      }
    : {
        by: 'identifier',
        organisation: text('organisation').toUpperCase(),
        identifier: text('identifier'),
      }
}
