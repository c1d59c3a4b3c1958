import type { DoseLimit } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readQuantity } from '../datatypes/cq.ts'

/**
 * The maximum amount of a medicine over a period; a period without an amount is ignored. Not used:
 * action (2).
 *
 * @see HL7 v2.8 chapter 4A.4, CDO
 */
export const readDoseLimits = (limits: readonly Segment[]): DoseLimit[] =>
  limits.flatMap((cdo) => {
    const limit = readQuantity(cdo, 3)
    return limit === null ? [] : [{ limit, within: readQuantity(cdo, 4) }]
  })
