import '@tideway/kafka/patches/install-avsc'
import { encode, envelopeType, wrapEvent } from '@tideway/schemas/codec'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { type TopicName, topics } from '@tideway/schemas/topics'

const types = new Map(
  Object.entries(topics).map(([name, topic]) => [name, envelopeType(topic.envelope)]),
)
const anySchemaId = 1

/** Encodes a record as the services do, without a registry. */
export const encodeForLog = (topic: TopicName, value: object): Buffer =>
  encode(
    types.get(topic) as never,
    anySchemaId,
    topic === 'patientEvents' ? wrapEvent(value as PatientEvent) : value,
  )
