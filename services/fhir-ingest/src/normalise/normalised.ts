import type { Upload } from '@tideway/ingest/large-payloads'
import type { NormalisedMessage } from '@tideway/ingest/message-records'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type { FhirSource } from '@tideway/schemas/source'
import type { RequestFault } from '../errors.ts'
import type { StatedNumber } from './message.ts'
import type { ResourceMappings } from '../load-mappings.ts'
import type { IdSeal } from '@tideway/schemas/id-seal'
import type { KnownResources, Submitter } from '../references/known-resource.ts'
import type { Submission } from './open-submission.ts'

/** A message as received, and its sender. */
export type FhirReceipt = {
  source: FhirSource
  bytes: Buffer
  /** Microseconds since 1970 UTC. */
  receivedAt: number
  /** The request creates only what does not exist yet (If-None-Exist). */
  isConditional?: boolean
  /** Set when a message is normalised again. */
  messageId?: string
  /** Absent when a sample or a message of an earlier release is read. */
  submitter?: Submitter | null
  /** What the client has sent before. */
  known?: KnownResources | null
}

export type FhirRules = {
  mappings: ResourceMappings
  /** ODS code by identifier system, of all sources. */
  owners: ReadonlyMap<string, string>
  production: boolean
  /** Absent where nothing is answered, e.g. when a sample is read. */
  publicIds?: IdSeal | null
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
  /** Resources of other messages on which the events rest. */
  resolved: ResourceKnown[]
  /** What its resources are known by from now on. */
  stated: ResourceKnown[]
  /** Of these, the numbers of its resources, as they were known when it was read. */
  numbers: StatedNumber[]
  /** Names of the resources it waits for. */
  awaits: string[]
  /** The submission, with the faults of each entry; null if it could not be opened. */
  sent: Submission | null
  /** All faults; for a batch only those of the whole. */
  faults: readonly RequestFault[]
}
