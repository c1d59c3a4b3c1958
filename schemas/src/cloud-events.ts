export type CloudEvent = {
  id: string
  /** Past tense, without the prefix, e.g. `PatientAdmitted`. */
  type: string
  /** Path of what said it, e.g. `/sources/RJZ`. */
  source: string
  /** Microseconds since 1970 UTC. */
  at: number
  traceparent: string | null
}

/**
 * Headers of a record, so that a reader can tell what it is without decoding it.
 *
 * @see CloudEvents 1.0, Kafka protocol binding, binary content mode
 */
export const cloudEventHeaders = (event: CloudEvent): Record<string, string> => ({
  ...ownHeaders(event),
  ...sharedHeaders(event),
})

/** Those that tell one record of a message from another. */
export const ownHeaders = ({
  id,
  type,
}: Pick<CloudEvent, 'id' | 'type'>): Record<string, string> => ({
  ce_id: id,
  ce_type: `tideway.${type}`,
})

/** Those that all records of a message have in common. */
export const sharedHeaders = ({
  source,
  at,
  traceparent,
}: Pick<CloudEvent, 'source' | 'at' | 'traceparent'>): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_source: source,
  ce_time: new Date(at / 1000).toISOString(),
  'content-type': 'application/vnd.apache.avro',
  ...(traceparent === null ? {} : { traceparent }),
})
