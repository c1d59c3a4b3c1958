import { type Header, isAcknowledgement } from '../lexer/header.ts'

/** MSA-1 in original mode, and of an application acknowledgement. HL7 table 0008. */
export type ApplicationCode = 'AA' | 'AE' | 'AR'
/** MSA-1 of any acknowledgement. HL7 table 0008. */
export type AnswerCode = ApplicationCode | 'CA' | 'CE' | 'CR'

const acceptCodes = { AA: 'CA', AE: 'CE', AR: 'CR' } as const
const conditions = new Set(['AL', 'NE', 'ER', 'SU'])

/** Whether a condition of HL7 table 0155 requests an answer for this outcome. */
const isRequested = (condition: string | null, positive: boolean): boolean =>
  condition === 'AL' || (condition === 'ER' && !positive) || (condition === 'SU' && positive)

/**
 * MSA-1 of the answer the sender requested; null if it requested none.
 *
 * Original mode, when MSH-15 and MSH-16 are both empty or not in table 0155: always one answer, AA,
 * AE or AR. Enhanced mode otherwise: at most one answer, because a second one on the same
 * connection is easily taken for the answer to the next message. The accept acknowledgement (CA,
 * CE, CR) is sent if MSH-15 requests it, else the application acknowledgement (AA, AE, AR) if
 * MSH-16 does, else nothing. An acknowledgement is never answered, whatever it requests.
 *
 * @param header  null if none could be read; the mode is then original
 * @see HL7 v2.5.1 chapter 2.9.2
 */
export const answerCode = (header: Header | null, outcome: ApplicationCode): AnswerCode | null => {
  if (header !== null && isAcknowledgement(header)) return null
  const accept = header?.acceptAcknowledgement?.toUpperCase() ?? ''
  const application = header?.applicationAcknowledgement?.toUpperCase() ?? ''
  if (!conditions.has(accept) && !conditions.has(application)) return outcome
  if (isRequested(accept, outcome === 'AA')) return acceptCodes[outcome]
  return isRequested(application, outcome === 'AA') ? outcome : null
}
