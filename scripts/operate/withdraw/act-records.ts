import { randomBytes } from 'node:crypto'
import { controlRecord } from '@tideway/ingest/control-record'
import type { Outgoing } from '@tideway/kafka/client'
import type { ActOnMessage } from '@tideway/record/withdrawal/act-on-message'
import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageParked } from '@tideway/schemas/events.generated'
import type { Line } from '../open-line.ts'

const traceparent = () =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`

/** An act about a message, for one patient. @param at  microseconds */
export const actRecord = (
  { encode }: Pick<Line, 'encode'>,
  patientKey: string,
  body: ActOnMessage,
  at: number,
): Outgoing =>
  controlRecord(
    {
      ...{ patientKey, messageId: `${body.message}.act-${at}`, at, place: 'message', body },
      traceparent: traceparent(),
    },
    encode,
  )

/** The record that tells the ledger that a message was withdrawn, or restored. */
export const ledgerRecord = (
  { encode, by }: Pick<Line, 'encode' | 'by'>,
  { _id, source, patientKeys }: Pick<LedgerMessage, '_id' | 'source' | 'patientKeys'>,
  state: 'WITHDRAWN' | 'RESTORED',
  reason: string | null,
  at: number,
): Outgoing => {
  const value: MessageParked = {
    ...{
      messageId: _id,
      eventId: null,
      source,
      patientKey: null,
      patientKeys,
      stage: 'PROJECT',
      state,
    },
    problem: { code: state, place: 'message' },
    ...{ at, by, reason },
  }
  return {
    topic: 'parkedMessages',
    key: _id,
    value: encode('parkedMessages', value),
    headers: cloudEventHeaders({
      id: `${_id}.${state.toLowerCase()}-${at}`,
      type: 'MessageParked',
      source: `/sources/${source}`,
      at,
      traceparent: traceparent(),
    }),
  }
}
