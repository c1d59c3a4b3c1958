import { randomBytes } from 'node:crypto'
import type { Mappings } from '@tideway/hl7-ingest/load-mappings'
import { normalise, type Normalised } from '@tideway/hl7-ingest/normalise'
import { type Encode, recordsOf } from '@tideway/hl7-ingest/records'
import { sandboxSource } from '@tideway/hl7-ingest/sandbox-source'
import type { MessageReceived, Problem } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/identity'
import type { Source } from '@tideway/schemas/source'
import type { Outgoing } from '@tideway/shared/kafka'

type Rules = { sources: ReadonlyMap<string, Source>; mappings: Mappings; production: boolean; encode: Encode }

/** What a message gives when it is normalised again: its events for the log and what has to be in the object store first, or why none. */
export type Again = { events: Outgoing[]; normalised: Normalised | null; problem: Problem | null }

/** Who sent it, as understood today. Null if nobody has a file for that organisation any more. */
const sourceOf = ({ source, connection }: MessageReceived, sources: ReadonlyMap<string, Source>): Source | null =>
  connection.startsWith('sandbox/') ? sandboxSource(source, { maxMessageBytes: 50_000_000, idleFrameMs: 30_000 }) : (sources.get(source) ?? null)

/**
 * Normalises an archived message again, with its own receive time, so that event ids and versions are those of the first time
 * where nothing in the sources and mappings changed.
 *
 * @param bytes  the message as it came
 */
export const eventsAgain = (message: MessageReceived, bytes: Buffer, { sources, mappings, production, encode }: Rules): Again => {
  const none = (code: string, place: string): Again => ({ events: [], normalised: null, problem: { code, place } })
  if (messageIdOf(message.source, bytes) !== message.id) return none('DAMAGED', 'archive')
  const source = sourceOf(message, sources)
  if (source === null) return none('UNKNOWN_SOURCE', 'MSH-4')
  const { receivedAt, payload, connection, answered } = message
  const normalised = normalise({ source, bytes, receivedAt }, mappings, { production })
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
  const { records, problem } = recordsOf({ source: message.source, bytes, payload, connection, receivedAt, traceparent, answered }, normalised, encode)
  return { events: problem === null ? records.filter(({ topic }) => topic === 'patientEvents') : [], normalised, problem }
}
