import type { Address } from './connection.ts'
import type { Sender } from './messages.ts'
import type { Quantiles } from './quantiles.ts'

/** The task of a load process, passed as JSON. */
export type Plan = {
  address: Address
  sender: Sender
  /** ODS code of the sender as the receiver identifies it, to compute message ids for the log. */
  source: string
  connections: number
  seconds: number
  /** Seconds at the start that are not measured. */
  warmUpSeconds: number
  /**
   * Messages a second in total, sent when due whatever the server does (open loop); null: each
   * connection sends the next message after the answer.
   */
  rate: number | null
  patients: number
  /**
   * Messages of each patient that an earlier load sent, so that this one continues with later
   * visits and orders.
   */
  told: number
  seed: number
  /** Prefix of hospital numbers and control ids. */
  run: string
  /** File with a line for each accepted message (AA or CA); see `logged`. */
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
  /** Milliseconds from the write to the socket to the answer. */
  ackMs: Quantiles | null
  /** Milliseconds from when the message was due; open loop only. */
  ackFromDueMs: Quantiles | null
  cpuSeconds: number
  /** Longest interval without any acknowledgement, milliseconds. */
  longestSilenceMs: number
}

/** One accepted message. Times in milliseconds since 1970 UTC. */
export type Taken = {
  controlId: string
  messageId: string
  mrn: string
  sha256: string
  sentAt: number
  takenAt: number
  /** Just before it was made: its own time is no earlier. */
  madeAt: number
  /** Whether it reports a result, which is an entry of its own. */
  isResult: boolean
}

export const logged = (taken: Taken): string =>
  [
    taken.controlId,
    taken.messageId,
    taken.mrn,
    taken.sha256,
    taken.sentAt.toFixed(3),
    taken.takenAt.toFixed(3),
    taken.madeAt.toFixed(3),
    String(taken.isResult),
  ].join('\t')

export const readLogged = (line: string): Taken => {
  const [controlId = '', messageId = '', mrn = '', sha256 = '', ...more] = line.split('\t')
  const [sentAt, takenAt, madeAt] = more.map(Number) as [number, number, number]
  const isResult = more[3] === 'true'
  return { controlId, messageId, mrn, sha256, sentAt, takenAt, madeAt, isResult }
}
