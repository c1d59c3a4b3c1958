import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageParked } from '@tideway/schemas/events.generated'

export type ParkedState = NonNullable<LedgerMessage['parked']>

/** A record that says what became of a parked message. */
export type ParkedRecord = MessageParked & { state: ParkedState['state'] }

/**
 * State of a parked message after `record`. The newest record wins; `since` is kept when the
 * message is released or dropped.
 */
export const parkedState = (before: ParkedState | null, record: ParkedRecord): ParkedState => {
  if (before !== null && before.at >= record.at) return before
  const at = new Date(Math.floor(record.at / 1000))
  return {
    state: record.state,
    code: record.problem.code,
    place: record.problem.place,
    stage: record.stage,
    since:
      before === null || (record.state === 'PARKED' && before.state !== 'PARKED')
        ? at
        : before.since,
    at: record.at,
    by: record.by,
    reason: record.reason,
  }
}
