import { markUsed } from '@tideway/hl7v2/lexer/fields'
import type { DocumentReported } from '@tideway/schemas/events.generated'
import type { DocumentContent } from './document-content.ts'

type Times = Pick<DocumentReported, 'activityAt' | 'originatedAt' | 'transcribedAt' | 'editedAt'>

/** The first time of TXA that says when it was made, else that of its content (OBX-14). */
export const timeOf = (times: Times, { observedAt, timed }: DocumentContent): string | null => {
  const inTxa = times.originatedAt ?? times.activityAt ?? times.transcribedAt ?? times.editedAt
  if (inTxa !== null) return inTxa
  if (timed !== null) markUsed(timed, 14)
  return observedAt
}
