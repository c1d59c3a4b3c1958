import { IngestError } from '../../errors.ts'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import { isAccepted, readResponse } from '../../segments/msa.ts'
import { readOrderMessage } from './orders.ts'

/**
 * A response to orders: each order in it as the response states it.
 *
 * Most responses may leave the patient out. Whose an order is cannot be told by its number alone:
 * numbers are used again, and two systems count from 1. Such a response is parked, unless it names
 * no order and accepts everything: it then says nothing of any patient.
 *
 * @throws IngestError PATIENT_NOT_NAMED at PID
 * @see HL7 v2.5.1 chapter 4.4.2, ORR: PID is optional
 */
export const readOrderResponse = (
  message: Hl7Message,
  context: Context,
  about: Parameters<typeof readOrderMessage>[2],
  specimenFirst = false,
): Hl7DraftEvent[] => {
  const response = readResponse(message, context)
  if (segmentOf(message, 'PID') !== null)
    return readOrderMessage(message, context, about, specimenFirst, response)
  if (isAccepted(response) && !message.segments.some(({ name }) => ofOrder.has(name))) return []
  throw new IngestError('PATIENT_NOT_NAMED', 'PID')
}

/** Segments that begin or describe an order. */
const ofOrder = new Set([
  'ORC',
  'OBR',
  'RQD',
  'ODS',
  'RXO',
  'RXE',
  'RXD',
  'RXG',
  'RXA',
  'BPO',
  'BPX',
  'BTX',
])
