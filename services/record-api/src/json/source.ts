import { type Static, Type } from 'typebox'
import { ArchivePlaceAnswer } from './entry.ts'
import {
  instant,
  list,
  object,
  optional,
  text,
  optionalText,
  publicIdText,
  optionalPublicId,
} from './schema/values.ts'

const position = (description: string) => Type.Integer({ minimum: 0, description })

const SourceField = object(
  'SourceField',
  'A value of the entry and the part of the message it was made from.',
  {
    field: text('Field of the entry, e.g. observations[3].value.'),
    place: text(
      'E.g. OBX[4]-5[2].1: segment, field, repetition and component, counted from 1; in FHIR an expression.',
    ),
    start: position('Start of the part in `text` of the segment, UTF-16 code units from 0.'),
    end: position('End, exclusive.'),
    text: text('The part as sent; long data is abridged.'),
    firstByte: position('Start in the bytes of the message, from 0.'),
    endByte: position('End, exclusive.'),
    derived: optionalText('How the value was derived; absent if it is the text as sent.'),
  },
)
export type SourceField = Static<typeof SourceField>

const SourceSegment = object(
  'SourceSegment',
  'A segment or resource that a value of the entry was made from.',
  {
    place: text('E.g. OBX[4]; in FHIR an expression.'),
    text: text('As sent, decoded; long data is abridged.'),
    abridged: Type.Boolean({ description: 'True if data in it was abridged.' }),
    firstByte: position('Start in the bytes of the message, from 0.'),
    endByte: position('End, exclusive.'),
    fields: list(SourceField),
  },
)
export type SourceSegment = Static<typeof SourceSegment>

const SourceMessage = object(
  'SourceMessage',
  'A message that values of the entry were made from. Only segments with such a value are here.',
  {
    message: text('Message id.'),
    source: text('ODS code of the sender.'),
    type: optionalText('E.g. ADT^A01.'),
    controlId: optionalText('MSH-10.'),
    receivedAt: instant('When it was received.'),
    archive: ArchivePlaceAnswer,
    payload: optionalText('Object store key of its bytes, if too large for the archive object.'),
    characterSet: text('Character set its bytes were decoded with.'),
    segments: list(SourceSegment, 'Empty if no value can be located in this message.'),
  },
)
export type SourceMessage = Static<typeof SourceMessage>

export const EntrySource = object(
  'EntrySource',
  'The original text of an entry, each value with its place in the message.',
  {
    entry: optionalPublicId(
      'Public id of the entry; absent for what is in no entry of the patient.',
    ),
    patient: publicIdText('Public id of the source patient.'),
    field: optional(Type.String(), 'Field requested; absent: every value shown now.'),
    messages: list(SourceMessage, 'Newest first.'),
    withdrawn: list(Type.String(), 'Withdrawn observations, whose text is not shown.'),
    left: Type.Integer({
      minimum: 0,
      description: 'Older messages that were not read; request a field to see its message.',
    }),
  },
)
export type EntrySource = Static<typeof EntrySource>
