import type { EventBody, Problem } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import type { Happening as Told } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/large-payloads'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'

/** A message type: one small pure file under `mappings/`. */
export type Mapping = {
  /** MSH-9 as message and trigger, e.g. `ADT^A01`. The structure (MSH-9.3) does not matter. */
  readonly handles: readonly string[]
  /**
   * What the message says happened. Pure: no clock, no network.
   *
   * @throws IngestError if it cannot be said; the message is then parked whole
   */
  toEvents(message: Hl7Message, context: Context): Happening[]
}

/** What a mapping may know beside the message. */
export type Context = {
  readonly source: Source
  /** Repairs of this source's known faults, in its order. */
  readonly fixes: readonly Fix[]
  /** NHS numbers of the test ranges are refused. */
  readonly production: boolean
  /**
   * Timestamps of this message read so far, as sent: most come many times. Undefined: cannot be
   * read.
   */
  readonly times: Map<string, string | undefined>
}

/**
 * A named repair of a known fault of a sender: one small pure file under `fixes/`, named in the
 * source's file.
 */
export type Fix = {
  /**
   * The visit number, where PV1-19 is empty: it counts as one sent there. Null: this message does
   * not have it either.
   */
  visitNumber?(pv1: Segment): string | null
  /** A timestamp as it ought to have been sent; null if it says nothing. */
  timestamp?(asSent: string): string | null
  /**
   * A field as it ought to have been sent, undecoded, separators as the message's; never asked for
   * an empty one. Empty: it says nothing.
   */
  field?(asSent: string, segment: Segment, number: number): string
}

/** Something that happened to a source patient. */
export type Happening = Told & {
  /** Why more was said there than could be used; null if nothing of weight is missing. */
  readonly shortOf: Problem | null
}

const none: readonly Upload[] = []

export const happened = (
  patientKey: string,
  segment: Segment,
  body: EventBody,
  attachments = none,
): Happening => ({
  patientKey,
  place: placeOf(segment),
  body,
  attachments,
  shortOf: null,
})
