import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { HeldEventsReleased } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import type { Encode } from './message-records.ts'

type ReleaseRequest = Omit<HeldEventsReleased, 'type'> & {
  patientKey: string
  /** Trigger: id of a message, or `start`. */
  about: string
  /** Microseconds since 1970 UTC. */
  at: number
  traceparent: string | null
}

/**
 * The record that requests, through the log, that a patient's held events are retried. The consumer
 * of the partition does so, in order.
 */
export const releaseRecord = (
  { patientKey, about, at, traceparent, by, droppedMessage, reason }: ReleaseRequest,
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
    notShown: null,
  })
  return {
    topic: 'patientEvents',
    key: patientKey,
    value,
    headers: cloudEventHeaders({ id, type: body.type, source: '/tideway', at, traceparent }),
  }
}
