import type { UntranslatedCode } from '@tideway/hl7v2/lexer/sender-conventions'
import { text } from '@tideway/hl7v2/lexer/fields'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { Source } from '@tideway/schemas/source'
import { attachmentsOf, eventsFrom } from '@tideway/ingest/draft-event'
import { withRtfAsText } from '@tideway/ingest/rtf-as-text'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { NormalisedMessage } from '@tideway/ingest/message-records'
import { IngestError } from '../errors.ts'
import { type Header, headerOf, readMessage, typeOf } from '@tideway/hl7v2/lexer/header'
import { identifiedPatients } from '../groups/identified-patients.ts'
import { mappingOf, type Mappings } from './load-mappings.ts'
import type { Context, Hl7DraftEvent } from './mapping.ts'
import { type Hl7Message, placeOf, segmentOf } from '@tideway/hl7v2/lexer/message'
import { unreadIn } from '@tideway/hl7v2/lexer/unread-content'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { withLooseNotes } from '../composites/notes/loose-notes.ts'
import { withNotShown } from './not-shown.ts'
import { repairFields } from './repair-fields.ts'
import { readPatientKeys } from '../keys/patient-keys.ts'
import { madeAt, offsetMeant, readSentTime, type SentTime } from '../segments/msh.ts'

/** A message as received, and its source. */
export type Receipt = {
  source: Source
  bytes: Buffer
  /** From `readHeader`, if already read. */
  header?: Header
  /** Microseconds since 1970 UTC. */
  receivedAt: number
  /** Set when a message is normalised again. */
  messageId?: string
}

export type Policy = {
  /** NHS numbers of the test ranges are rejected. */
  production: boolean
}

/** The events of a message, or why there are none. */
export type Normalised = NormalisedMessage & {
  /** Bytes that the events reference, to be stored before the events are published. */
  attachments: Upload[]
  /** Local codes and units without a translation, repeats included. */
  untranslated: readonly UntranslatedCode[]
  /** Fields joined from a line after a stray line break, or from ADD. */
  continuedFields: number
}

/**
 * Bytes to events. Pure: the same bytes of the same source give the same events with the same ids.
 * Never throws: a message that cannot be mapped has a problem and no events at all, because events
 * of half a message would make a wrong record.
 *
 * A message without its own time (MSH-7) is said when it is received: the same bytes sent again are
 * a separate message.
 */
export const normalise = (receipt: Receipt, mappings: Mappings, policy: Policy): Normalised => {
  const { source, bytes, receivedAt } = receipt
  const message = readMessage(bytes, source.hl7.characterSet, source.hl7, receipt.header)
  if (message === null)
    return { ...unreadable, messageId: receipt.messageId ?? messageIdOf(source.ods, bytes) }
  const header = headerOf(message, receipt.header)
  const type = typeWithEvn(header, message)
  const sent = readSentTime(message, source)
  const sentAt = madeAt(sent, source)
  const about = {
    messageId:
      receipt.messageId ?? messageIdOf(source.ods, bytes, sentAt === null ? receivedAt : null),
    type,
    controlId: header.controlId,
    sentAt,
    characterSet: message.characterSet,
    continuedFields: message.continuedFields,
  }
  const fixes = fixesOf(source, mappings)
  const zone = offsetMeant(sent, source, fixes)
  if (zone !== null) message.conventions = { ...message.conventions, timeZone: zone }
  const context: Context = {
    source,
    messageId: about.messageId,
    ...(zone === null ? {} : { zone }),
    production: policy.production,
    fixes,
    times: zone === null && fixes.length === 0 ? timesKnown(sent) : new Map(),
  }
  repairFields(message, context.fixes)
  try {
    const mapping = type === null ? null : mappingOf(mappings, type)
    if (mapping === null) throw new IngestError('UNSUPPORTED_TYPE', 'MSH-9')
    const known = identifiedPatients(message, mapping.patients, context)
    const mapped = withRtfAsText(
      withLooseNotes(known, mapping.toEvents(known, context), context),
      bytes,
    )
    const unread = unreadIn(message)
    const unreadOfKnown = known === message ? unread : unreadIn(known)
    const drafts = withNotShown(known, unreadOfKnown, mapped, header.messageCode)
    return {
      ...about,
      patientKeys: [...new Set(drafts.map((draft) => draft.patientKey))],
      events: eventsFrom(drafts, {
        ...about,
        source: source.ods,
        receivedAt,
      }),
      attachments: attachmentsOf(drafts),
      unused: unusedFields(message, unread),
      untranslated: message.untranslated,
      problem: partialProblemOf(drafts, message),
    }
  } catch (error) {
    const problem =
      error instanceof IngestError
        ? { code: error.code, place: error.at }
        : { code: 'UNEXPECTED', place: whereIn(message) }
    return {
      ...about,
      patientKeys: readPatientKeys(message, context),
      events: [],
      attachments: [],
      unused: [],
      untranslated: [],
      problem,
    }
  }
}

/** Why only a part of the message was used; null if nothing the record needs was left out. */
const partialProblemOf = (
  drafts: readonly Hl7DraftEvent[],
  { leftOut }: Hl7Message,
): Normalised['problem'] => {
  const problem = drafts.find(({ partialProblem }) => partialProblem !== null)?.partialProblem
  const [place] = leftOut
  return problem ?? (place === undefined ? null : { code: 'USED_IN_PART', place })
}

/** Most other times of a message are MSH-7. */
const timesKnown = ({ asSent, iso }: SentTime): Context['times'] => {
  const times: Context['times'] = new Map()
  if (asSent !== null) times.set(asSent, iso ?? undefined)
  return times
}

const unreadable: Normalised = {
  messageId: '',
  type: null,
  controlId: null,
  sentAt: null,
  characterSet: null,
  patientKeys: [],
  events: [],
  attachments: [],
  unused: [],
  untranslated: [],
  continuedFields: 0,
  problem: { code: 'NOT_HL7', place: 'MSH' },
}

/** Before version 2.3 MSH-9 may hold the message code alone, with the trigger in EVN-1. */
const typeWithEvn = (
  { type, messageCode, trigger }: Header,
  message: Hl7Message,
): string | null => {
  if (messageCode === null || trigger !== null) return type
  const evn = segmentOf(message, 'EVN')
  return typeOf(messageCode, evn === null ? null : (text(evn, 1)?.trim().toUpperCase() ?? null))
}

const fixesOf = ({ hl7 }: Source, { fixes }: Mappings) =>
  hl7.fixes.map((name) => fixes.get(name)).filter((fix) => fix !== undefined)

const whereIn = ({ reading }: Hl7Message) => (reading === null ? 'MSH' : placeOf(reading))
