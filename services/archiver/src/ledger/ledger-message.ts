import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageReceived } from '@tideway/schemas/events.generated'

/**
 * A message's first entry in the ledger.
 *
 * What the message itself says of being parked is taken at once, so that nobody sees it as
 * normalised before its record on the other topic is read.
 *
 * @param durableAt  the broker's time, milliseconds
 */
export const ledgerMessage = (
  message: MessageReceived,
  place: { partition: number; offset: number },
  durableAt: number,
): LedgerMessage => {
  const receivedAt = new Date(Math.floor(message.receivedAt / 1000))
  const { problem } = message
  return {
    _id: message.id,
    source: message.source,
    controlId: message.controlId,
    type: message.type,
    characterSet: message.characterSet,
    answered: message.answered,
    receivedAt,
    received: message.receivedAt,
    durableAt: new Date(durableAt),
    partition: place.partition,
    offset: place.offset,
    size: message.bytes?.length ?? message.payload?.size ?? 0,
    events: message.events,
    patientKeys: message.patientKeys,
    unused: message.unused,
    problem: problem && { code: problem.code, place: problem.place },
    parked:
      message.parked && problem !== null
        ? {
            state: 'PARKED',
            code: problem.code,
            place: problem.place,
            stage: 'NORMALISE',
            since: receivedAt,
            at: message.receivedAt,
            by: null,
            reason: null,
          }
        : null,
    duplicates: [],
  }
}
