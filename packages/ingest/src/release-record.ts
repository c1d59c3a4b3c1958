import type { HeldEventsReleased } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import { controlRecord } from './control-record.ts'
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
): Outgoing<'patientEvents'> =>
  controlRecord(
    {
      ...{ patientKey, messageId: `${about}.release-${at}`, at, traceparent, place: 'held' },
      body: { type: 'HeldEventsReleased', by, droppedMessage, reason },
    },
    encode,
  )
