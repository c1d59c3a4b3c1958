import type { Delimiters } from '../lexer/delimiters.ts'
import { errorConditions } from './error-conditions.ts'

/** A fault in a message. */
export type AckFault = {
  /** MSA-3. */
  code: string
  /** ERR-3, a code of HL7 table 0357. */
  condition: string
  /** Where in the message, e.g. `PID-7` or `OBX[3]-5`; null if nowhere in particular. */
  place: string | null
}

const placePattern = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+))?/

/**
 * ERR, with segment and field. Up to 2.4 ERR-1 holds place and condition; from 2.5 they are in
 * ERR-2 to ERR-4, which older receivers ignore, so those are always sent.
 *
 * @param version  MSH-12 as a number, e.g. 20501 for 2.5.1
 *
 * @see HL7 v2.4 chapter 2.16.4, v2.5.1 chapter 2.15.5
 */
export const errSegment = (
  { condition, place }: AckFault,
  version: number,
  { field, component, subcomponent }: Delimiters,
): string => {
  const [, segment = '', nth = '1', number = ''] = placePattern.exec(place ?? '') ?? []
  const at =
    segment === '' ? '' : withoutTrailing([segment, nth, number].join(component), component)
  const words = [condition, errorConditions[condition] ?? '', 'HL70357']
  const old = [
    ...(segment === '' ? ['', '', ''] : [segment, nth, number]),
    subcomponent === '' ? condition : words.join(subcomponent),
  ].join(component)
  return ['ERR', version < 20_500 ? old : '', at, words.join(component || ' '), 'E'].join(field)
}

export const withoutTrailing = (segment: string, field: string): string => {
  let end = segment.length
  while (segment[end - 1] === field) end -= 1
  return segment.slice(0, end)
}
