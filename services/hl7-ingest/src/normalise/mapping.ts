import type { EventBody, Problem } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/large-payloads'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'

/** A message type; one pure file under `mappings/`. */
export type Mapping = {
  /**
   * MSH-9 as message and trigger, e.g. `ADT^A01`; `ORU^*` for triggers that have no mapping. The
   * structure (MSH-9.3) does not matter.
   */
  readonly handles: readonly string[]
  /**
   * Whose the segments below each PID are. `each`: of that patient; `all`: the message says
   * something of all its patients, so each must be identified. Otherwise it is about one patient,
   * and a further PID may only repeat the first.
   */
  readonly patients?: 'each' | 'all'
  /**
   * Events of the message. Pure: no clock, no network.
   *
   * @throws IngestError if it cannot be mapped; the whole message is then parked
   */
  toEvents(message: Hl7Message, context: Context): Hl7DraftEvent[]
}

/** What a mapping gets besides the message. */
export type Context = {
  readonly source: Source
  readonly messageId: string
  /** Repairs of known faults of this source, in the order of its file. */
  readonly fixes: readonly Fix[]
  /**
   * Zone of times without an offset where MSH-7 states another than that of the source: an offset,
   * `+00:00`.
   */
  readonly zone?: string
  /** NHS numbers of the test ranges are rejected. */
  readonly production: boolean
  /** Cache of the timestamps of this message by their text as sent; undefined if unreadable. */
  readonly times: Map<string, string | undefined>
}

/** Zone of times without an offset. */
export const zoneOf = ({ zone, source }: Context): string => zone ?? source.hl7.timeZone

/**
 * A named repair of a known fault of a sender; one pure file under `fixes/`, enabled in the
 * source's file.
 */
export type Fix = {
  /**
   * The visit number where PV1-19 is empty; used as if sent there. Null if the message has none.
   */
  visitNumber?(pv1: Segment): string | null
  /** A timestamp as it should have been sent; null if it has no meaning. */
  timestamp?(asSent: string): string | null
  /**
   * A field as it should have been sent, undecoded, with the delimiters of the message; not called
   * for empty fields. Empty if it has no meaning.
   */
  field?(asSent: string, segment: Segment, number: number): string
}

/** A draft event of an HL7 v2 message. */
export type Hl7DraftEvent = DraftEvent & {
  /** Why an essential part of the segment could not be used; null if all was. */
  readonly partialProblem: Problem | null
}

const none: readonly Upload[] = []

/** An event of a source patient, from one segment of the message. */
export const draftEvent = (
  patientKey: string,
  segment: Segment,
  body: EventBody,
  attachments = none,
): Hl7DraftEvent => ({
  patientKey,
  place: placeOf(segment),
  body,
  attachments,
  partialProblem: null,
})
