import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type { LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { ArchivePlaceAnswer } from './entry.ts'
import {
  instant,
  optionalInstant,
  list,
  object,
  optional,
  text,
  optionalText,
} from './schema/values.ts'

export const Parked = object('Parked', 'Why a message is parked.', {
  code: text('Error code, see docs/errors.md.'),
  place: text('Place in the message, e.g. PID-7; never a value.'),
  since: instant('When it was parked.'),
})

const Dropped = object('Dropped', 'Why a message was dropped. It stays in the archive.', {
  code: text('Error code it was parked with.'),
  place: text('Place in the message.'),
  at: instant('When it was dropped.'),
  reason: optionalText('Reason given by the operator.'),
})

const Decided = (name: string, description: string, what: string) =>
  object(name, description, {
    at: instant(`When it was ${what}.`),
    by: optionalText('Who did it.'),
    reason: optionalText('Reason given by the operator.'),
  })

export const MessageAnswer = object('Message', 'What became of one message.', {
  id: text('Message id: a hash of the sender and the bytes.'),
  source: text('ODS code of the sender.'),
  controlId: optionalText('MSH-10.'),
  type: optionalText('MSH-9, e.g. ADT^A01.'),
  characterSet: optionalText('Character set the bytes were decoded with.'),
  answered: text('MSA-1 of the acknowledgement.'),
  problem: optional(
    object('MessageProblem', 'Why it was refused or parked on receipt, or used only in part.', {
      code: text('Error code.'),
      place: text('Place in the message.'),
    }),
  ),
  receivedAt: instant('When it was received.'),
  durableAt: instant('When it was durable on the log.'),
  archive: optional(ArchivePlaceAnswer, 'Absent until archived, within seconds.'),
  events: Type.Integer({ minimum: 0, description: 'Number of events made from it.' }),
  unused: list(
    Type.String(),
    'Fields with a value that were not used, e.g. PV1-21; components of used fields, e.g. PV1-7.10; PID-15~ for repetitions after the first.',
  ),
  parked: optional(Parked, 'Absent if it is not parked.'),
  dropped: optional(Dropped, 'Absent if it was not dropped.'),
  withdrawn: optional(
    Decided(
      'MessageWithdrawn',
      'An operator withdrew the message: nothing it said is in the record.',
      'withdrawn',
    ),
    'Absent if it is not withdrawn.',
  ),
  restored: optional(
    Decided('MessageRestored', 'A withdrawn message that counts again.', 'restored'),
    'Absent if it was never restored, or is withdrawn again.',
  ),
  projectedAt: optionalInstant(
    'When its last event was in the record; absent until then, or if it has none.',
  ),
  duplicates: Type.Integer({
    minimum: 0,
    description: 'How often the same bytes were received again; counted up to 1,000.',
  }),
})
export type MessageAnswer = Static<typeof MessageAnswer>

export const Messages = object('Messages', 'A page of the messages found, newest first.', {
  messages: list(MessageAnswer),
  more: Type.Boolean({ description: 'True if there are older ones.' }),
  before: optionalText('Cursor of the next page; absent on the last.'),
})

/** When every event was in the record: the last projection, once each patient has one. */
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

const parkedOf = ({
  parked,
}: LedgerMessage): Presented<NonNullable<MessageAnswer['parked']>> | null =>
  parked?.state === 'PARKED'
    ? { code: parked.code, place: parked.place, since: parked.since.toISOString() }
    : null

const droppedOf = ({
  parked,
}: LedgerMessage): Presented<NonNullable<MessageAnswer['dropped']>> | null =>
  parked?.state === 'DROPPED'
    ? { code: parked.code, place: parked.place, at: microseconds(parked.at), reason: parked.reason }
    : null

/** The last act about it, if it was of this kind. */
const decidedOf = (
  { withdrawn }: LedgerMessage,
  state: 'WITHDRAWN' | 'RESTORED',
): Presented<NonNullable<MessageAnswer['withdrawn']>> | null =>
  withdrawn?.state === state
    ? { at: microseconds(withdrawn.at), by: withdrawn.by, reason: withdrawn.reason }
    : null

/** What became of one message. */
export const messageOf = (
  message: LedgerMessage,
  projections: readonly Projection[],
  archive: ArchivePlace | null,
): Presented<MessageAnswer> => ({
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
  withdrawn: decidedOf(message, 'WITHDRAWN'),
  restored: decidedOf(message, 'RESTORED'),
  projectedAt: projectedAtOf(message, projections),
  duplicates: message.duplicates.length,
})
