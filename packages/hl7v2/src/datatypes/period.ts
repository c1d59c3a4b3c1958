import { decoded, subcomponentsOf } from '../lexer/fields.ts'
import type { Hl7Message } from '../lexer/message.ts'
import type { PartsRead } from '../lexer/unused-parts.ts'
import { isoOf } from './timestamp.ts'

export type Period = { validFrom: string | null; validUntil: string | null }

/** A time in a component, ISO 8601; as sent if it cannot be read; null if empty. */
export const timeOf = (message: Hl7Message, component: string | undefined): string | null => {
  const sent = decoded(message, component)
  return sent === null ? null : (isoOf(sent, message.conventions.timeZone) ?? sent)
}

/**
 * The parts read of a data type with a period: of a range beside a beginning or an end nothing is.
 *
 * @param range  index of the component that holds the range
 */
export const readWithPeriod = (
  read: PartsRead,
  components: readonly string[],
  from: number,
  until: number,
  range: number,
): PartsRead =>
  components[range] && (components[from] || components[until]) ? read.with(range, 0) : read

/**
 * Period of validity: from two components, else from the range in one, as before version 2.5.
 *
 * @see HL7 v2.5.1 chapter 2A.20, data type DR
 */
export const periodOf = (
  message: Hl7Message,
  components: readonly string[],
  from: number,
  until: number,
  range: number,
): Period => {
  const own = {
    validFrom: timeOf(message, components[from]),
    validUntil: timeOf(message, components[until]),
  }
  const ranged = components[range]
  if (ranged === undefined || ranged === '') return own
  const [start, end] = subcomponentsOf(message, ranged)
  return {
    validFrom: own.validFrom ?? timeOf(message, start),
    validUntil: own.validUntil ?? timeOf(message, end),
  }
}
