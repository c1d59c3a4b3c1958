import { topics } from '../topics.ts'

/**
 * How far a partition of a topic has been read into this database: everything before `next` is in
 * its documents. Collection `watermarks`. Written after those documents, and moved on only from
 * where it stands: records that were passed over stop it.
 */
export type Watermark = {
  /** `<topic>/<partition>`; see `watermarkId`. */
  _id: string
  /** The log: id of the Kafka cluster. */
  log: string
  /** Offset of the first record that may not be in the documents. */
  next: number
  /** Time of the last record before it; null if there is none. */
  through: Date | null
  /** When it was written. */
  at: Date
}

export const watermarkId = (topic: string, partition: number): string => `${topic}/${partition}`

/**
 * Where the identity service has its watermarks of a topic: what it has considered, beside what is
 * in the record.
 */
export const identityMark = (topic: 'recordChanges' | 'patientEvents'): string =>
  `identity/${topics[topic].name}`
