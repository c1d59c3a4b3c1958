import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from './arrival.ts'
import type { Contest } from '../identity/head-conflict.ts'
import type { HoldCode } from './hold-codes.ts'

/** An event that is held. `cause` is the error if this event failed. */
export type HeldArrival = { arrival: Arrival; code: HoldCode; cause: unknown }
export type AppliedEvent = {
  arrival: Arrival
  event: PatientEvent
  entry: string | null
  /** Whether it changed the entry, or the head if it is about none; true when first applied. */
  changes: boolean
}
export type ReleasedArrival = { arrival: Arrival; code: HoldCode; by: string }
/** An event of a message that contradicts who the patient is. */
export type ContestedArrival = { arrival: Arrival; contest: Contest }
export type DroppedArrival = ReleasedArrival & { reason: string | null }

/** Result of applying a batch to one patient. */
export type ApplyResult = {
  head: PatientHead
  /** Entries touched, in their new state. */
  entries: Map<string, Entry>
  /** Of these, entries that took facts over from others, and are saved before them. */
  first: Set<string>
  /** Entries whose facts are all in others now. */
  dissolved: Set<string>
  applied: AppliedEvent[]
  /** Receive time of each message applied, microseconds. */
  received: Map<string, number>
  held: HeldArrival[]
  /** Of withdrawn messages: neither applied nor held. */
  skipped: Arrival[]
  /** Of messages in an identity conflict: recorded, and neither applied nor blocking others. */
  contested: ContestedArrival[]
  released: ReleasedArrival[]
  /** Dropped by an operator: not applied, and no longer blocking later events. */
  dropped: DroppedArrival[]
  /** Time, reason and first offset of held events; null if none are. */
  holding: { since: Date; code: HoldCode; offset: number } | null
}

/** The result of a batch that applied nothing. */
export const noResult = (head: PatientHead): ApplyResult => ({
  head,
  entries: new Map(),
  first: new Set(),
  dissolved: new Set(),
  applied: [],
  received: new Map(),
  held: [],
  skipped: [],
  contested: [],
  released: [],
  dropped: [],
  holding: head.incomplete as ApplyResult['holding'],
})
