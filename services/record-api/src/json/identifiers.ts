import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Identifier as SentIdentifier } from '@tideway/schemas/events.generated'
import { type Static, type TSchema, Type } from 'typebox'
import { receivedAtOf } from './entry.ts'
import { eventFields } from './event-schema.ts'
import { instant, object, text, textOrNull } from './values.ts'

export const Identifier = object('PatientIdentifier', 'An identifier of the patient, as sent.', {
  value: text('As sent.'),
  type: textOrNull('HL7 table 0203, e.g. MR, NH.'),
  authority: textOrNull('Assigning authority as sent.'),
  organisation: textOrNull(
    'ODS code the authority stands for; null if the sender may not speak for it.',
  ),
  status: textOrNull('Verification status as sent.'),
  detail: Type.Unsafe<SentIdentifier['detail']>(
    eventFields('Identifier', ['detail'])['detail'] as TSchema,
  ),
  patient: text('Public id of the source patient it was sent for.'),
  source: text('ODS code of the sender.'),
  receivedAt: instant('When it was last sent.'),
  message: text('Message id.'),
  segment: text('Segment in that message.'),
})

/** Every identifier of every source patient. */
export const identifiersOf = (heads: readonly PatientHead[]): Static<typeof Identifier>[] =>
  heads.flatMap((head) =>
    head.identifiers.map(({ identifier, version, source, message, place }) => ({
      value: identifier.value,
      type: identifier.type,
      authority: identifier.authority,
      organisation: identifier.organisation,
      status: identifier.status,
      detail: identifier.detail ?? null,
      patient: head.id,
      source,
      receivedAt: receivedAtOf(version),
      message,
      segment: place,
    })),
  )
