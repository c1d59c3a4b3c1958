import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { HeldEventsReleased } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import type { Encode } from './message-records.ts'

type Release = Omit<HeldEventsReleased, 'type'> & {
  patientKey: string
  /** What it was asked for: id of a message, or `start`. */
  about: string
  /** Microseconds since 1970 UTC. */
  at: number
  traceparent: string | null
}

/**
 * The record that asks, through the log, for a patient's held events to be tried again: whoever
 * reads the partition does it, in order.
 */
export const releaseRecord = (
  { patientKey, about, at, traceparent, by, droppedMessage, reason }: Release,
  encode: Encode,
): Outgoing<'patientEvents'> => {
  const messageId = `${about}.release-${at}`
  const id = `${messageId}.0`
  const body = { type: 'HeldEventsReleased', by, droppedMessage, reason } as const
  const value = encode('patientEvents', {
    id,
    messageId,
    source: 'tideway',
    patientKey,
    receivedAt: at,
    sentAt: null,
    place: 'held',
    body,
  })
  return {
    topic: 'patientEvents',
    key: patientKey,
    value,
    headers: cloudEventHeaders({ id, type: body.type, source: '/tideway', at, traceparent }),
  }
}
