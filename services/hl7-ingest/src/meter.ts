import type { Source } from '@tideway/schemas/source'
import type { Metrics } from '@tideway/runtime/metrics'
import { characterSetOf } from '@tideway/hl7v2/lexer/character-set'
import type { IngestErrorCode } from './errors.ts'
import type { Certificate } from './identify/identify.ts'
import { typeLabel } from './type-label.ts'

type Depth = { waiting: number; waitingBytes: number; inFlight: number }
export type PauseReason = 'pipeline' | 'memory' | 'large-frame' | 'slow-reader' | 'order'

/** Why this side refuses or closes a connection; docs/operations.md explains each. */
export type CloseReason =
  | 'address'
  | 'budget'
  | 'deadline'
  | 'idle'
  | 'rate'
  | 'slow'
  | 'too-large'
  | 'unknown-sender'
  | 'unrecognised'

const mostTypes = 300

/**
 * Metrics of this service, by source, type, code and listener. All sandbox senders are labelled
 * `sandbox`, because they choose their own names.
 */
export const createMeter = (metrics: Metrics, depth: () => Depth) => {
  const received = metrics.counter(
    'messages_received',
    'Messages by source, type, outcome (OK or a code) and answer',
    ['source', 'type', 'outcome', 'answer'],
  )
  const refused = metrics.counter(
    'messages_refused',
    'Rejected messages, by code, listening port and client certificate',
    ['code', 'port', 'certificate'],
  )
  const characterSets = metrics.counter(
    'messages_by_character_set',
    'Messages by source and character set used; fallback: neither UTF-8 nor as declared',
    ['source', 'characterset', 'fallback'],
  )
  const untranslated = metrics.counter(
    'untranslated_codes',
    'Local codes and units without a translation, by source and field',
    ['source', 'field'],
  )
  const continued = metrics.counter(
    'continued_fields',
    'Fields joined from a line after a stray line break or from an ADD segment, by source',
    ['source'],
  )
  const ack = metrics.latency(
    'ack',
    'From the last byte of a message to its answer handed to the socket',
    ['listener'],
  )
  const connections = metrics.gauge('mllp_connections', 'Open connections', ['listener'])
  const bytes = metrics.counter('mllp_received_bytes', 'Bytes read', ['listener'])
  const noise = metrics.counter('mllp_noise_bytes', 'Discarded bytes outside frames', ['listener'])
  const halves = metrics.counter(
    'mllp_half_frames',
    'Frames abandoned and restarted by their sender',
    ['listener'],
  )
  const pauses = metrics.counter('mllp_pauses', 'Times reading of a socket was paused, by reason', [
    'reason',
  ])
  const tlsFailures = metrics.counter('mllp_tls_failures', 'Failed TLS handshakes', ['listener'])
  const closes = metrics.counter(
    'mllp_connections_closed',
    'Connections refused or closed by this service, by reason; see docs/operations.md',
    ['listener', 'reason'],
  )
  const batches = metrics.counter(
    'batches_received',
    'Batches (FHS, BHS) by source; wrongcount: BTS-1 does not match the number of messages',
    ['source', 'wrongcount'],
  )
  metrics.gauge('commit_waiting', 'Messages waiting for the next produce request', [], (gauge) =>
    gauge.set(depth().waiting),
  )
  metrics.gauge('commit_waiting_bytes', 'Bytes waiting for the next produce request', [], (gauge) =>
    gauge.set(depth().waitingBytes),
  )
  metrics.gauge('commit_in_flight', 'Messages in the current produce request', [], (gauge) =>
    gauge.set(depth().inFlight),
  )

  const types = new Set<string>()
  /** Limits the number of labels, which a sender could otherwise grow without bound. */
  const countedAs = (type: string | null): string => {
    const label = typeLabel(type)
    if (!types.has(label) && types.size >= mostTypes) return 'other'
    types.add(label)
    return label
  }
  const sourceLabel = (source: Source): string =>
    source.kind === 'sandbox' ? 'sandbox' : source.ods

  return {
    received: (
      source: Source,
      type: string | null,
      code: IngestErrorCode | null,
      answer: string | null,
    ) =>
      received.inc({
        source: sourceLabel(source),
        type: countedAs(type),
        outcome: code ?? 'OK',
        answer: answer ?? 'none',
      }),
    refused: (code: IngestErrorCode, port: number, certificate: Certificate | null) =>
      refused.inc({
        code,
        port,
        certificate: certificate?.commonName ?? certificate?.fingerprint ?? 'none',
      }),
    /** @param declared  MSH-18 as sent */
    decodedAs: (source: Source, characterset: string | null, declared: string) => {
      const isFallback =
        characterset !== null &&
        !characterset.startsWith('utf') &&
        characterset !== (characterSetOf(declared) ?? source.hl7.characterSet)
      characterSets.inc({
        source: sourceLabel(source),
        characterset: characterset ?? 'none',
        fallback: String(isFallback),
      })
    },
    untranslated: (source: Source, codes: readonly { field: string }[]) => {
      for (const { field } of codes) untranslated.inc({ source: sourceLabel(source), field })
    },
    continued: (source: Source, fields: number) => {
      if (fields > 0) continued.inc({ source: sourceLabel(source) }, fields)
    },
    batch: (source: Source, wrongCount: boolean) =>
      batches.inc({ source: sourceLabel(source), wrongcount: String(wrongCount) }),
    paused: (reason: PauseReason) => pauses.inc({ reason }),
    listener: (listener: string) => {
      const own = {
        ack: ack.labels({ listener }),
        connections: connections.labels({ listener }),
        bytes: bytes.labels({ listener }),
      }
      return {
        opened: () => own.connections.inc(),
        closed: () => own.connections.dec(),
        refused: (reason: CloseReason) => closes.inc({ listener, reason }),
        tlsFailed: () => tlsFailures.inc({ listener }),
        read: (count: number) => own.bytes.inc(count),
        dropped: ({ noiseBytes, halfFrames }: { noiseBytes: number; halfFrames: number }) => {
          if (noiseBytes > 0) noise.inc({ listener }, noiseBytes)
          if (halfFrames > 0) halves.inc({ listener }, halfFrames)
        },
        answered: (seconds: number) => own.ack.observe(seconds),
      }
    },
  }
}

export type Meter = ReturnType<typeof createMeter>
export type ListenerMeter = ReturnType<Meter['listener']>
