import type { PatientHead } from '@tideway/schemas/documents/head'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { receivedAtOf } from './entry.ts'
import { instant, list, object, text } from './schema/values.ts'

const ZSegment = object('ZSegment', 'A segment defined by the sender. HL7 v2.5.1 section 2.11.', {
  name: text('Segment name, e.g. ZU1.'),
  fields: list(
    Type.String(),
    'Fields as sent, escapes and component separators kept: the first is field 1.',
  ),
})

export const ZSegments = object(
  'ZSegments',
  'Z segments of the newest message of the organisation that has some. Long ones are in the archive only.',
  {
    segments: list(ZSegment),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When the message was received.'),
    message: text('Message id.'),
  },
)
type ZSegments = Static<typeof ZSegments>

/** @param asSent  a whole segment; the character after its name separates the fields */
export const zSegmentOf = (asSent: string): Static<typeof ZSegment> => {
  const [name = '', ...fields] = asSent.split(asSent.charAt(3) || '|')
  return { name, fields }
}

export const zSegmentsOf = ({ zSegments }: PatientHead): Presented<ZSegments> | null =>
  zSegments === undefined
    ? null
    : {
        segments: zSegments.segments.map(zSegmentOf),
        source: zSegments.source,
        receivedAt: receivedAtOf(zSegments.version),
        message: zSegments.message,
      }
