import type { Source } from '@tideway/schemas/source'
import { maxSendBytes } from '@tideway/ingest/take-custody'
import { groupCommit } from '@tideway/ingest/group-commit'
import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Publisher } from '@tideway/kafka/client'
import type { Encode } from '@tideway/ingest/message-records'
import type { Tracing } from '@tideway/runtime/tracing'
import type { IngestErrorCode } from './errors.ts'
import { createBackPressure } from '@tideway/ingest/back-pressure'
import { type Header, readHeader } from '@tideway/hl7v2/lexer/header'
import { identify, type Peer } from './identify/identify.ts'
import type { Mappings } from './normalise/load-mappings.ts'
import { createMeter } from './meter.ts'
import { createFrameBudget } from './listen/frame-budget.ts'
import type { FramePace } from './listen/frame-clock.ts'
import { type FrameLimits, smallestOf } from './listen/limited-frames.ts'
import { type Listener, listenMllp } from './listen/mllp-server.ts'
import { createProducerLinger } from '@tideway/ingest/producer-linger'
import { type MllpConnection, type ReceivePorts, refuse } from './receive.ts'
import { receiveFrame } from './listen/receive-frame.ts'
import { headerOfFrame } from './listen/sender-of-frame.ts'
import { createUnrecognisedFrames } from './listen/unrecognised-frames.ts'
import { sandboxSource } from './identify/sandbox-source.ts'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

type Parts = {
  sources: readonly Source[]
  mappings: Mappings
  production: boolean
  limits: FrameLimits & {
    maxInFlightBytes: number
    pace: FramePace
    connectionsPerAddress: number
  }
  /** Receive times, microseconds since 1970 UTC; see `receive-clock.ts`. */
  clock: () => number
  publisher: Pick<Publisher, 'publish'>
  store: Pick<ObjectStore, 'putNew'>
  encode: Encode
  tracing: Tracing
  metrics: Metrics
  log: Log
}

/** Whether the first bytes contain the whole of MSH. */
const isWholeHeader = (head: Buffer): boolean =>
  isXml(head) || head.includes(0x0d) || head.includes(0x0a)

/** Logs each failed produce request once; its messages are logged separately. */
const reporting =
  (publish: Publisher['publish'], log: Log): Publisher['publish'] =>
  async (records) => {
    try {
      await publish(records)
    } catch (cause) {
      log.error({ cause, records: records.length }, 'produce request failed')
      throw cause
    }
  }

/** Wires the parts: what each listener does with a connection. */
export const createIngest = ({
  sources,
  mappings,
  production,
  limits,
  clock,
  publisher,
  store,
  encode,
  tracing,
  metrics,
  log,
}: Parts) => {
  const linger = createProducerLinger(() => performance.now())
  const commit = groupCommit(reporting(publisher.publish, log), maxSendBytes, linger.next)
  const meter = createMeter(metrics, commit.depth)
  const backPressure = createBackPressure(limits.maxInFlightBytes)
  const { maxInFlightBytes, maxMessageBytes } = limits
  // The oldest frame may exceed it, by one message.
  const frameBytes = Math.max(maxMessageBytes, maxInFlightBytes - maxMessageBytes)
  const budget = createFrameBudget(frameBytes, backPressure.wake)
  const unrecognised = createUnrecognisedFrames()
  const shared = {
    mappings,
    policy: { production },
    clock,
    encode,
    commit,
    store,
    tracing,
    meter,
    log,
  }
  let inForce = { sources, smallest: smallestOf(sources, limits) }

  const listen = (listener: Listener, whoSent: ReceivePorts['identify']) => {
    const ownMeter = meter.listener(listener.name)
    const ports: ReceivePorts = { ...shared, identify: whoSent }
    const limitsOf = (head: Buffer, peer: Peer): FrameLimits => {
      const header = isWholeHeader(head) ? readHeader(head) : null
      const source = header === null ? 'NOT_HL7' : whoSent(peer, header)
      return typeof source === 'string' ? limits : source.hl7.limits
    }
    return listenMllp(
      listener,
      {
        onFrame: (bytes: Buffer, connection: MllpConnection) => {
          linger.noteMessage(connection)
          return receiveFrame(bytes, connection, ports)
        },
        onRefusal: (head: Buffer, connection: MllpConnection, code: IngestErrorCode) => {
          const header = isWholeHeader(head) ? readHeader(head) : null
          const answer = refuse(head, header, code, connection, clock(), ports)
          return header === null ? null : answer
        },
        onFailure: (cause: unknown) =>
          log.error({ cause, listener: listener.name }, 'message not answered'),
        onPause: meter.paused,
        onClose: (reason, { label }) => {
          ownMeter.refused(reason)
          log.warn({ reason, connection: label }, 'connection closed')
        },
        senderOf: (head, peer) => {
          const header = headerOfFrame(head)
          if (header === undefined) return undefined
          const source = header === null ? 'NOT_HL7' : whoSent(peer, header)
          return typeof source === 'string' ? { refusal: source } : { ods: source.ods }
        },
        limits: { widest: limits, smallest: () => inForce.smallest, of: limitsOf },
        pace: limits.pace,
        connectionsPerAddress: limits.connectionsPerAddress,
        backPressure,
        budget,
        unrecognised,
        meter: ownMeter,
      },
      log,
    )
  }

  return {
    /** Recognises senders by these sources from now on; messages in progress keep theirs. */
    useSources: (next: readonly Source[]): void => {
      inForce = { sources: next, smallest: smallestOf(next, limits) }
    },
    /** Accepts configured sources only. */
    listenForSources: (listener: Listener) =>
      listen(listener, (peer: Peer, header: Header) => identify(inForce.sources, peer, header)),
    /** Accepts any sender, with MSH-4 as its organisation. */
    listenForAnyone: (listener: Listener) =>
      listen(listener, (_: Peer, header: Header) => sandboxSource(header.sendingFacility, limits)),
  }
}
