import { text } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import type { ImmunizationReported } from '@tideway/schemas/events.generated'

type Completion = Pick<ImmunizationReported, 'status' | 'statusAsSent' | 'statusSystem'>

/** Table 0038: cancelled, discontinued, on hold, scheduled. */
const statesNotGiven: ReadonlySet<string> = new Set(['CA', 'DC', 'HD', 'SC'])

/** Table 0119: cancel, discontinue, and that either was done. */
const controlsNotGiven: ReadonlySet<string> = new Set(['CA', 'OC', 'CR', 'DC', 'OD', 'DR'])

/**
 * That a vaccine was not given, where its RXA has no completion status (RXA-20) and its order says
 * so: by its state (ORC-5), else by its control code (ORC-1). Null if neither does.
 *
 * @see HL7 v2.5.1 chapter 4.5.1, ORC
 */
export const notGivenByOrder = (orc: Segment): Completion | null => {
  const isAmong = (field: number, codes: ReadonlySet<string>) =>
    codes.has((orc.fields[field] ?? '').toUpperCase())
  if (isAmong(5, statesNotGiven))
    return { status: 'not-given', statusAsSent: text(orc, 5), statusSystem: 'HL70038' }
  if (isAmong(1, controlsNotGiven))
    return { status: 'not-given', statusAsSent: text(orc, 1), statusSystem: 'LOCAL' }
  return null
}
