import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { numberKeyOf } from '@tideway/schemas/public-id'
import type { RecordChanged } from '@tideway/schemas/events.generated'
import type { topics } from '@tideway/schemas/topics'
import type { Outgoing, Publisher } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import { releaseRecord } from '@tideway/ingest/release-record'
import type { Announcement } from '../apply/announce.ts'
import { pure } from '../errors.ts'
import { gathering } from '../store/batched-store.ts'

/** With the ids that answers show: those of the store tell the numbers they were made of. */
const withPublicIds = (change: RecordChanged, { seal }: Pick<IdSeal, 'seal'>): RecordChanged => ({
  ...change,
  patientId: seal(change.patientId),
  changes: change.changes.map((one) => ({ ...one, entry: seal(one.entry) })),
})

const outgoingOf = (
  { change: stored, parked, traceparent }: Announcement,
  registry: Registry,
  ids: Pick<IdSeal, 'seal'>,
): Outgoing[] => {
  const change = stored && withPublicIds(stored, ids)
  return [
    ...(change === null
      ? []
      : [
          {
            topic: 'recordChanges' as const,
            key: change.patientKey,
            value: registry.encode('recordChanges', change),
            headers: cloudEventHeaders({
              id: `${change.patientId}.${change.version}`,
              type: 'RecordChanged',
              source: '/projector',
              at: change.readableAt,
              traceparent,
            }),
          },
        ]),
    ...parked.map((message) => ({
      topic: 'parkedMessages' as const,
      key: message.patientKey ?? message.messageId,
      value: registry.encode('parkedMessages', message),
      headers: cloudEventHeaders({
        id: `${message.eventId ?? message.messageId}.${message.state}.${message.at}`,
        type: 'MessageParked',
        source: `/sources/${message.source}`,
        at: message.at,
        traceparent,
      }),
    })),
  ]
}

/**
 * Publishes announcements one produce request at a time, as an idempotent producer requires; those
 * of several partitions in the same turn share a request.
 */
export const announcer = (publisher: Publisher, registry: Registry, ids: Pick<IdSeal, 'seal'>) => {
  let current: Promise<void> = Promise.resolve()
  const send = gathering((records: readonly Outgoing[]) => {
    current = current.catch(() => undefined).then(() => publisher.publish(records))
    return current
  })
  return async (announcements: readonly Announcement[]): Promise<void> => {
    const records = pure(() =>
      announcements.flatMap((announcement) => outgoingOf(announcement, registry, ids)),
    )
    if (records.length > 0) await send(records)
  }
}

/**
 * Requests a retry of the held events of these patients.
 *
 * @param now  microseconds since 1970 UTC
 */
export const releaseHeld = async (
  patients: readonly string[],
  publisher: Publisher,
  registry: Registry,
  now: number,
): Promise<void> => {
  const request = {
    about: 'start',
    at: now,
    traceparent: null,
    by: 'projector',
    droppedMessage: null,
    reason: null,
  }
  const numbers = [...new Set(patients.map(numberKeyOf))]
  const records = numbers.map((patientKey) =>
    releaseRecord({ ...request, patientKey }, registry.encode),
  )
  if (records.length > 0) await publisher.publish(records)
}

/** Topics this service writes to. */
export const written = [
  'recordChanges',
  'parkedMessages',
  'patientEvents',
] as const satisfies readonly (keyof typeof topics)[]
