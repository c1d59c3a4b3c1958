import type { LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import { type Static, Type } from 'typebox'
import { ArchivePlace } from './entry.ts'
import { instant, instantOrNull, list, object, orNull, text, textOrNull } from './values.ts'

export const Parked = object('Parked', 'Why a message waits.', {
  code: text('Error code, see README.'),
  place: text('Place in the message, e.g. PID-7; never a value.'),
  since: instant('Since when.'),
})

const Dropped = object('Dropped', 'Why a message was given up. It stays in the archive.', {
  code: text('Error code it waited with.'),
  place: text('Place in the message.'),
  at: instant('When.'),
  reason: textOrNull("In the operator's words."),
})

export const Message = object('Message', 'What became of one message.', {
  id: text('Message id: the same bytes of the same sender have the same.'),
  source: text('ODS code of the sender.'),
  controlId: textOrNull('MSH-10.'),
  type: textOrNull('MSH-9, e.g. ADT^A01.'),
  characterSet: textOrNull('What the bytes were read as.'),
  answered: text('MSA-1 it was answered with.'),
  problem: orNull(
    object(
      'MessageProblem',
      'Why it was refused or parked when it came; of a message that is neither, why only a part of it was used.',
      { code: text('Error code.'), place: text('Place in the message.') },
    ),
  ),
  receivedAt: instant('Received.'),
  durableAt: instant('Durable: it will not be lost from then.'),
  archive: orNull(ArchivePlace, 'Null until archived, at most some seconds.'),
  events: Type.Integer({ minimum: 0, description: 'Events made of it.' }),
  unused: list(
    Type.String(),
    'Fields that had a value and were not used, e.g. PV1-21; parts of used ones, e.g. PV1-7.10, and PID-15~ for repetitions after the first.',
  ),
  parked: orNull(Parked, 'Null if it does not wait.'),
  dropped: orNull(Dropped, 'Null if nobody gave it up.'),
  projectedAt: instantOrNull(
    'When its last event could be read in the record; null until then, or if it made none.',
  ),
  duplicates: Type.Integer({ minimum: 0, description: 'How often the same bytes came again.' }),
})
export type Message = Static<typeof Message>

export const Messages = object('Messages', 'A page of the messages found, newest first.', {
  messages: list(Message),
  more: Type.Boolean({ description: 'True if there are more than these.' }),
  before: textOrNull('Cursor of the next page; null if this is the last.'),
})

/**
 * When all of its events were in the record: the last of its patients' projections, once each has
 * one.
 */
const projectedAtOf = (
  { events, patientKeys }: LedgerMessage,
  projections: readonly Projection[],
): string | null => {
  if (events === 0 || patientKeys.length === 0 || projections.length < patientKeys.length)
    return null
  return new Date(
    Math.max(...projections.map(({ projectedAt }) => projectedAt.getTime())),
  ).toISOString()
}

const microseconds = (at: number): string => new Date(Math.floor(at / 1000)).toISOString()

const parkedOf = ({ parked }: LedgerMessage): Message['parked'] =>
  parked?.state === 'PARKED'
    ? { code: parked.code, place: parked.place, since: parked.since.toISOString() }
    : null

const droppedOf = ({ parked }: LedgerMessage): Message['dropped'] =>
  parked?.state === 'DROPPED'
    ? { code: parked.code, place: parked.place, at: microseconds(parked.at), reason: parked.reason }
    : null

/** One message of the ledger for the interface team that sent it. */
export const messageOf = (
  message: LedgerMessage,
  projections: readonly Projection[],
  archive: ArchivePlace | null,
): Message => ({
  id: message._id,
  source: message.source,
  controlId: message.controlId,
  type: message.type,
  characterSet: message.characterSet,
  answered: message.answered,
  problem: message.problem,
  receivedAt: message.receivedAt.toISOString(),
  durableAt: message.durableAt.toISOString(),
  archive,
  events: message.events,
  unused: message.unused,
  parked: parkedOf(message),
  dropped: droppedOf(message),
  projectedAt: projectedAtOf(message, projections),
  duplicates: message.duplicates.length,
})
