import { type Static, Type } from 'typebox'
import { ArchivePlace } from './entry.ts'
import { instant, list, object, orNull, text, textOrNull } from './values.ts'

const position = (description: string) => Type.Integer({ minimum: 0, description })

const SourceField = object(
  'SourceField',
  'A value that is shown, and the piece of the message it was made from.',
  {
    field: text('Field of the entry as it is answered, e.g. observations[3].value.'),
    place: text(
      'E.g. OBX[4]-5[2].1: segment, field, repetition and component, counted from 1; in FHIR an expression.',
    ),
    start: position('Where the piece begins in `text` of the segment, UTF-16 units from 0.'),
    end: position('First position after it.'),
    text: text('The piece as sent; data abridged.'),
    firstByte: position('Where it begins in the bytes of the message, from 0.'),
    endByte: position('First byte after it.'),
    derived: textOrNull('Why the value shown is not what stands there; null if it is.'),
  },
)
export type SourceField = Static<typeof SourceField>

const SourceSegment = object(
  'SourceSegment',
  'A segment or resource that something shown was made from.',
  {
    place: text('E.g. OBX[4]; in FHIR an expression.'),
    text: text('As sent, decoded; long data is cut, and says so.'),
    abridged: Type.Boolean({ description: 'True if data in it is cut.' }),
    firstByte: position('Where it begins in the bytes of the message, from 0.'),
    endByte: position('First byte after it.'),
    fields: list(SourceField),
  },
)
export type SourceSegment = Static<typeof SourceSegment>

const SourceMessage = object(
  'SourceMessage',
  'A message that something shown was made from. Segments of which nothing is shown are left out.',
  {
    message: text('Message id.'),
    source: text('ODS code of the sender.'),
    type: textOrNull('E.g. ADT^A01.'),
    controlId: textOrNull('MSH-10.'),
    receivedAt: instant('When it was received.'),
    archive: ArchivePlace,
    payload: textOrNull(
      'Object store key of its bytes, where they are too large for the archive object.',
    ),
    characterSet: text('What its bytes were decoded as.'),
    segments: list(
      SourceSegment,
      'Empty where what is shown cannot be pointed at in this message.',
    ),
  },
)
export type SourceMessage = Static<typeof SourceMessage>

export const EntrySource = object(
  'EntrySource',
  'The original text behind an entry, each piece by its place.',
  {
    entry: text('Public id of the entry.'),
    patient: text('Public id of the source patient.'),
    field: orNull(Type.String(), 'Field that was asked for; null: everything that is shown now.'),
    messages: list(SourceMessage, 'Newest first.'),
    withdrawn: list(Type.String(), 'Observations that were withdrawn: their text is not shown.'),
    left: Type.Integer({
      minimum: 0,
      description:
        'Older messages that are not read; ask for a field to see the one it comes from.',
    }),
  },
)
export type EntrySource = Static<typeof EntrySource>
