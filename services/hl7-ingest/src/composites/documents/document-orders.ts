import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { type OrderGroup, orderGroups } from '../../groups/order-groups.ts'
import { readOrders } from '../orders/order-of.ts'
import { serviceOf } from '../orders/order-service.ts'
import { isRequest } from '../orders/request-detail.ts'
import { requestEvent } from '../orders/request.ts'
import type { VisitContext } from '../visit/visit-reference.ts'

/**
 * The orders of a document: the segments between PV1 and TXA. An order that nothing identifies is
 * left unused: it never blocks its document. So are segments of medicines, which MDM does not have.
 *
 * @see HL7 v2.5.1 chapter 9.5: ORC and OBR in MDM
 */
export const readDocumentOrders = (
  message: Hl7Message,
  patientKey: string,
  visit: VisitContext,
  context: Context,
): Hl7DraftEvent[] => {
  const content = message.segments.findIndex(({ name }) => name === 'TXA')
  const groups = orderGroups({ ...message, segments: message.segments.slice(0, content) })
    .map((group) => ({
      ...group,
      details: group.details.filter(({ segment }) => isRequest(segment)),
    }))
    .filter(isNamed)
  return readOrders(groups, patientKey, visit, context).map((of) => requestEvent(of, context))
}

const isNamed = ({ orc, details }: OrderGroup): boolean =>
  details.some(({ segment }) => serviceOf(segment) !== null || hasNumber(segment)) ||
  (orc !== null && hasNumber(orc.segment))

/** ORC-2 and 3, and the same in OBR. Read, but not used. */
const hasNumber = ({ message, fields }: Segment): boolean =>
  [2, 3].some((field) => decoded(message, componentsOf(message, fields[field] ?? '')[0]) !== null)
