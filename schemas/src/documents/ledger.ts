/**
 * One message's life. Collection `messages`, written once when the message is read from the log.
 * Indexes: `{X, received desc, _id}` for X in control id, source and `parked.state`, and without
 * X; `{'parked.state', patientKeys, _id}` and `{'problem.code', patientKeys, _id}` for what is
 * missing from a patient's record.
 */
export type LedgerMessage = {
  /** Message id. */
  _id: string
  source: string
  controlId: string | null
  type: string | null
  characterSet: string | null
  answered: string
  receivedAt: Date
  /** Microseconds, as in the event: receive order. */
  received: number
  /** The broker's time of the record. */
  durableAt: Date
  /** Place in `raw-messages.v1`; the archive object that covers it holds the bytes. */
  partition: number
  offset: number
  size: number
  events: number
  patientKeys: string[]
  unused: string[]
  /**
   * Why it was refused or parked when it came; of a message that is neither, why only a part of it
   * was used.
   */
  problem: { code: string; place: string } | null
  parked: {
    state: 'PARKED' | 'RELEASED' | 'DROPPED'
    code: string
    place: string
    stage: 'NORMALISE' | 'PROJECT'
    since: Date
    at: number
    by: string | null
    reason: string | null
  } | null
  /** Places in the log where the same bytes came again, `<partition>/<offset>`; the first 1,000. */
  duplicates: string[]
  /** The last time it was withdrawn from the record, or restored; absent if it never was. */
  withdrawn?: {
    state: DecidedMessage['state']
    /** Microseconds; the newest counts. */
    at: number
    by: string | null
    /** As the operator wrote it; never in a log. */
    reason: string | null
  }
}

/**
 * One archive object and the offsets it covers. Collection `archive-objects`. Index `{partition,
 * first}`; see `archivePlace`.
 */
export type ArchiveObject = {
  /** Object store key. */
  _id: string
  partition: number
  first: number
  last: number
  /**
   * Offsets between that are not in it: the same message is archived at an earlier one. Ascending.
   */
  skipped: number[]
  messages: number
  bytes: number
  archivedAt: Date
  firstReceivedAt: Date
  lastReceivedAt: Date
}

/**
 * One event of a message as it came, or a piece of one that is too large for a document; pieces of
 * an event are adjacent and in order.
 */
export type ToldRecord = {
  /** Event id. */
  event: string
  offset: number
  /** Confluent wire format. */
  record: Buffer
}

/**
 * A message as applied to one patient's documents. Collection `projections`. Its receive order is
 * the first one seen, so that the same bytes coming again later change nothing. Index `{patient}`:
 * what all messages told of a patient, from which his documents can be made anew.
 */
export type Projection = {
  /**
   * `<message id>|<patientKey>`; of a further piece `<message id>#<piece>|<patientKey>`. The
   * patient key, here and in `patient`, is that of the number.
   */
  _id: string
  received: number
  projectedAt: Date
  /** Absent, like `told`, in what an earlier release stored. */
  patient?: string
  /** As which person with the number it is about the patient; absent of the first. */
  generation?: number
  /** Its events for this patient, by the order of their ids. */
  told?: ToldRecord[]
  /** How many further pieces hold the rest of `told`; absent if none does. */
  pieces?: number
  /** Set in a further piece: its number, from 1. */
  piece?: number
  /** When the last act of an operator about it was carried out here, microseconds. */
  decidedAt?: number
  /**
   * Why it does not count as applied: an event of it is held, it was withdrawn before it came, or
   * it contradicts who the patient is.
   */
  pending?: 'held' | 'withdrawn' | 'conflict'
}

/** What an operator last decided about a message. Collection `withdrawals`; few. */
export type DecidedMessage = {
  /** Message id. */
  _id: string
  state: 'WITHDRAWN' | 'RESTORED'
  /** When it was asked for, microseconds: the newest counts. */
  at: number
}

/**
 * When a source was last heard. Collection `feeds`; `_id` is the source. Not counted here: a count
 * that survives repeats is a query on `messages`.
 */
export type Feed = { _id: string; lastReceivedAt: Date; lastType: string | null }

/**
 * What was said of a parked message that the ledger does not have: not yet, or no longer, as after
 * the ledger was made anew from a log that keeps what was said for longer than the messages.
 * Collection `parked-early`; `_id` is the message id. Index `{patientKeys}`.
 */
export type ParkedEarly = {
  _id: string
  parked: NonNullable<LedgerMessage['parked']>
  /** Source patients it is about, as far as any record says. */
  patientKeys: string[]
}

/** What was said of a withdrawn message before the ledger had it. Collection `withdrawn-early`. */
export type WithdrawnEarly = { _id: string; withdrawn: NonNullable<LedgerMessage['withdrawn']> }

/**
 * An event kept back because an earlier one of its patient could not be applied. Collection `held`.
 */
export type HeldEvent = {
  /** `<patientKey>|<offset, 20 digits>`. */
  _id: string
  patient: string
  partition: number
  offset: number
  /** The record as it came, Confluent wire format. */
  record: Buffer
  message: string
  source: string
  /** Null where it only waits behind one that could not be applied. */
  problem: { code: string; place: string } | null
  since: Date
}
