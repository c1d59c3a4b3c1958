import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageReceived } from '@tideway/schemas/events.generated'

/**
 * The ledger document of a new message.
 *
 * A parked message says so itself and is marked as parked at once, so that no reader takes it for
 * normalised before its record on `parked-messages` is read.
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
