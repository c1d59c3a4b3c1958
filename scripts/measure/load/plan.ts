import type { Address } from './connection.ts'
import type { Sender } from './messages.ts'
import type { Quantiles } from './quantiles.ts'

/** What a load process is asked to do; passed as JSON. */
export type Plan = {
  address: Address
  sender: Sender
  /**
   * Source by which message ids are computed for the log; the organisation the receiver knows the
   * sender as.
   */
  source: string
  connections: number
  seconds: number
  /** Not counted at the beginning, seconds. */
  warmUpSeconds: number
  /**
   * Messages a second in all, sent when due whatever the server does; null: each connection sends
   * as soon as it may.
   */
  rate: number | null
  patients: number
  /**
   * How many messages of each patient's story count as told, so that another load goes on with
   * later visits and orders.
   */
  told: number
  seed: number
  /** Prefix of hospital numbers and control ids. */
  run: string
  /** A line for each message taken (AA or CA); see `logged`. */
  log: string | null
  answerWithinMs: number
}

export type LoadOutcome = {
  sent: number
  acknowledged: number
  /** By MSA-1. */
  codes: Record<string, number>
  resent: number
  reconnects: number
  unmatched: number
  seconds: number
  perSecond: number
  /** From the socket write, milliseconds. */
  ackMs: Quantiles | null
  /** From when it was due, milliseconds; open loop only. */
  ackFromDueMs: Quantiles | null
  cpuSeconds: number
  /** Longest time without any acknowledgement, milliseconds. */
  longestSilenceMs: number
}

/** One taken message. Times in milliseconds since 1970. */
export type Taken = {
  controlId: string
  messageId: string
  mrn: string
  sha256: string
  sentAt: number
  takenAt: number
}

export const logged = (taken: Taken): string =>
  [
    taken.controlId,
    taken.messageId,
    taken.mrn,
    taken.sha256,
    taken.sentAt.toFixed(3),
    taken.takenAt.toFixed(3),
  ].join('\t')

export const readLogged = (line: string): Taken => {
  const [controlId = '', messageId = '', mrn = '', sha256 = '', sentAt, takenAt] = line.split('\t')
  return { controlId, messageId, mrn, sha256, sentAt: Number(sentAt), takenAt: Number(takenAt) }
}
