import type { Identifier } from '@tideway/schemas/events.generated'
import type { Context } from '../mapping.ts'
import type { Segment } from '../parse.ts'
import { readIdentifier } from '../values/cx.ts'
import { numbered } from './encounter-id.ts'

/** What the visit in MRG-5 is known by, as in `PatientAdmitted`; null if MRG has none. HL7 v2.5.1 chapter 3.4.9.5. */
export const readPriorVisit = (mrg: Segment, { source }: Context): { encounterId: string | null; visit: Identifier | null } => {
  const visit = readIdentifier(mrg, 5, source)
  return { encounterId: visit === null ? null : numbered(visit.value), visit }
}
