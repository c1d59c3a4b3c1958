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
export const cloudEventHeaders = ({ id, type, source, at, traceparent }: CloudEvent): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_id: id,
  ce_type: `tideway.${type}`,
  ce_source: source,
  ce_time: timeOf(at),
  'content-type': 'application/vnd.apache.avro',
  ...(traceparent === null ? {} : { traceparent }),
})

/** The records of one message come one after the other, and have one time. */
let latest = { at: Number.NaN, time: '' }
const timeOf = (at: number): string => {
  if (at !== latest.at) latest = { at, time: new Date(at / 1000).toISOString() }
  return latest.time
}
