import type { Upload } from '@tideway/ingest/large-payloads'
import type { NormalisedMessage } from '@tideway/ingest/message-records'
import type { FhirSource } from '@tideway/schemas/source'
import type { RequestFault } from '../errors.ts'
import type { ResourceMappings } from '../load-mappings.ts'
import type { FoundResources } from '../retractions/find-resource.ts'
import type { RetractionTarget } from '../retractions/target.ts'
import type { Submission } from './open-submission.ts'

/** A message as received, and its sender. */
export type FhirReceipt = {
  source: FhirSource
  bytes: Buffer
  /** Microseconds since 1970 UTC. */
  receivedAt: number
  /** The request creates only what does not exist yet (If-None-Exist). */
  isConditional?: boolean
  /** What was looked up of what it wants; absent the first time. */
  found?: FoundResources
  /** Set when a message is normalised again. */
  messageId?: string
}

export type FhirRules = {
  mappings: ResourceMappings
  /** ODS code by identifier system, of all sources. */
  owners: ReadonlyMap<string, string>
  production: boolean
  maxEntries: number
}

/** The events of a message, or why there are none. */
export type NormalisedFhir = NormalisedMessage & {
  /** Bytes the events refer to. They must be stored before the events are published. */
  attachments: Upload[]
  /**
   * Derived from the bytes. Replaces a missing resource id, so that the same bytes give the same
   * resource even as a separate message.
   */
  bytesId: string
  /** The submission, with the faults of each entry; null if it could not be opened. */
  sent: Submission | null
  /** Resources sent before that it refers to by id; to be normalised again once they are found. */
  wanted: readonly RetractionTarget[]
  /** All faults; for a batch only those of the whole. */
  faults: readonly RequestFault[]
}
