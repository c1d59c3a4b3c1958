import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { EventBody } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import type { Encode } from './message-records.ts'

type Control = {
  patientKey: string
  /** Id of this request; it differs between requests. */
  messageId: string
  /** Microseconds. */
  at: number
  traceparent: string | null
  /** What it is about: takes the place of a segment. */
  place: string
  body: EventBody
}

/**
 * A record that asks the consumer of a patient's partition, through the log and in order, to do
 * something; no sender said it.
 */
export const controlRecord = (
  { patientKey, messageId, at, traceparent, place, body }: Control,
  encode: Encode,
): Outgoing<'patientEvents'> => {
  const id = `${messageId}.0`
  const value = encode('patientEvents', {
    id,
    messageId,
    source: 'tideway',
    patientKey,
    receivedAt: at,
    sentAt: null,
    place,
    body,
    notShown: null,
  })
  return {
    topic: 'patientEvents',
    key: patientKey,
    value,
    headers: cloudEventHeaders({ id, type: body.type, source: '/tideway', at, traceparent }),
  }
}
