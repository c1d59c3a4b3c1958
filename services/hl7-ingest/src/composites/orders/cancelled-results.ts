import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readReportStatus } from '@tideway/record/status/report-status'
import { type Context, draftEvent, type Hl7DraftEvent } from '../../normalise/mapping.ts'
import type { OrderGroup, OrderPart } from '../../groups/order-groups.ts'
import type { ResultGroup } from '../../groups/result-groups.ts'
import { readReport } from '../results/report.ts'
import type { KeyedOrder } from './order-of.ts'

const resultGroupOf = ({ orc, leading }: OrderGroup, part: OrderPart): ResultGroup => ({
  orc: orc?.segment ?? null,
  obr: part.segment,
  specimens: [...(leading?.specimens ?? []), ...part.specimens],
  about: [...part.timings, ...part.imaging, ...part.containers, ...part.contacts],
  notes: [...(orc?.notes ?? []), ...part.notes],
  participants: part.participants,
  observations: [],
  documents: [],
})

/** A field without counting it as used. */
const sent = ({ message, fields }: Segment, field: number): string | null =>
  decoded(message, componentsOf(message, fields[field] ?? '')[0])

const isNumbered = ({ orc }: OrderGroup, { segment }: OrderPart): boolean =>
  sent(segment, 3) !== null || (orc !== null && sent(orc.segment, 3) !== null)

/**
 * Reports that an order message says are cancelled (OBR-25 X): their values do not stand, whichever
 * message says so. Only with a filler number, without which no report is known to be meant.
 *
 * @see HL7 v2.9 table 0123
 */
export const cancelledResults = (
  { group, patientKey, encounterId }: KeyedOrder,
  context: Context,
): Hl7DraftEvent[] =>
  group.details
    .filter(
      (part) =>
        part.segment.name === 'OBR' &&
        isNumbered(group, part) &&
        readReportStatus(sent(part.segment, 25), 'HL70123').status === 'cancelled',
    )
    .map((part) =>
      draftEvent(patientKey, part.segment, {
        ...readReport(resultGroupOf(group, part), patientKey, context),
        encounterId,
        observations: [],
      }),
    )
