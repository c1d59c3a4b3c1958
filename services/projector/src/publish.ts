import type { topics } from '@tideway/schemas/topics'
import type { Outgoing, Publisher } from '@tideway/shared/kafka'
import type { Registry } from '@tideway/shared/registry'
import type { Announcement } from './announce.ts'

const headersOf = (id: string, type: string, source: string, at: number, traceparent: string | null): Record<string, string> => ({
  ce_id: id,
  ce_type: `tideway.${type}`,
  ce_source: source,
  ce_time: new Date(at / 1000).toISOString(),
  ce_specversion: '1.0',
  'content-type': 'application/avro',
  ...(traceparent === null ? {} : { traceparent }),
})

const outgoingOf = ({ change, parked, traceparent }: Announcement, registry: Registry): Outgoing[] => [
  ...(change === null
    ? []
    : [
        {
          topic: 'recordChanges' as const,
          key: change.patientKey,
          value: registry.encode('recordChanges', change),
          headers: headersOf(`${change.patientId}.${change.version}`, 'RecordChanged', '/projector', change.readableAt, traceparent),
        },
      ]),
  ...parked.map((message) => ({
    topic: 'parkedMessages' as const,
    key: message.patientKey ?? message.messageId,
    value: registry.encode('parkedMessages', message),
    headers: headersOf(`${message.eventId ?? message.messageId}.${message.state}.${message.at}`, 'MessageParked', `/sources/${message.source}`, message.at, traceparent),
  })),
]

/** Publishes announcements one send at a time, as an idempotent producer needs, whichever partitions they come from. */
export const announcer = (publisher: Publisher, registry: Registry) => {
  let last: Promise<void> = Promise.resolve()
  return (announcements: readonly Announcement[]): Promise<void> => {
    const records = announcements.flatMap((announcement) => outgoingOf(announcement, registry))
    if (records.length === 0) return Promise.resolve()
    const sent = last.then(() => publisher.publish(records))
    last = sent.catch(() => undefined)
    return sent
  }
}

/** Asks for the held events of these patients to be tried again, through the log, so that whoever reads their partition does it, in order. */
export const releaseAll = async (patients: readonly string[], publisher: Publisher, registry: Registry, now: number): Promise<void> => {
  const records = patients.map((patientKey): Outgoing => {
    const id = `release-${now}`
    const value = registry.encode('patientEvents', {
      id: `${id}.0`,
      messageId: id,
      source: 'tideway',
      patientKey,
      receivedAt: now,
      sentAt: null,
      place: 'start',
      body: { type: 'HeldEventsReleased', by: 'projector' },
    })
    return { topic: 'patientEvents', key: patientKey, value, headers: headersOf(`${id}.0`, 'HeldEventsReleased', '/projector', now, null) }
  })
  if (records.length > 0) await publisher.publish(records)
}

/** Topics this service writes. */
export const written = ['recordChanges', 'parkedMessages', 'patientEvents'] as const satisfies readonly (keyof typeof topics)[]
