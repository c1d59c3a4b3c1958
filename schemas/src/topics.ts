/**
 * A topic: its envelope (subject `<topic>-value` in the registry), its key and how long it is kept.
 */
export type Topic = {
  readonly name: string
  readonly envelope: string
  readonly config: Readonly<Record<string, string>>
}

const days = (count: number) => String(count * 24 * 60 * 60 * 1000)
/**
 * Raw messages up to 512 KiB and their events stay well under this; larger payloads go to the
 * object store first.
 */
const maxRecordBytes = '4194304'

const topic = (
  name: string,
  envelope: string,
  retentionDays: number,
  config: Record<string, string> = {},
): Topic => ({
  name,
  envelope,
  config: {
    'retention.ms': retentionDays === Infinity ? '-1' : days(retentionDays),
    'max.message.bytes': maxRecordBytes,
    ...config,
  },
})

/**
 * Partitions of topics that are made, unless a setting says otherwise. The number never changes
 * once a topic has data: it decides which partition keeps a patient's order.
 */
export const partitionsAtFirst = { production: 48, development: 4 } as const

/**
 * Every topic.
 * `raw-messages.v1` carries the broker's time, so that a record says when it became durable.
 */
export const topics = {
  rawMessages: topic('raw-messages.v1', 'MessageReceivedV1', 14, {
    'message.timestamp.type': 'LogAppendTime',
  }),
  patientEvents: topic('patient-events.v1', 'PatientEventV1', Infinity),
  recordChanges: topic('record-changes.v1', 'RecordChangedV1', 14),
  personEvents: topic('person-events.v1', 'PersonChangedV1', Infinity),
  parkedMessages: topic('parked-messages.v1', 'MessageParkedV1', Infinity),
  fhirResources: topic('fhir-resources.v1', 'FhirResourceV1', Infinity, {
    'cleanup.policy': 'compact',
    // So long after it no longer waits, the bytes of a message are gone at the latest.
    'max.compaction.lag.ms': days(14),
  }),
} as const satisfies Record<string, Topic>

export type TopicName = keyof typeof topics

export const subjectOf = (of: Topic): string => `${of.name}-value`
