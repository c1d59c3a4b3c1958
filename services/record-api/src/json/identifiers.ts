import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Identifier as SentIdentifier } from '@tideway/schemas/events.generated'
import { type Static, type TSchema, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { receivedAtOf } from './entry.ts'
import { eventFields } from './schema/event-schema.ts'
import { instant, object, optional, text, optionalText, publicIdText } from './schema/values.ts'

export const Identifier = object('PatientIdentifier', 'An identifier of the patient, as sent.', {
  value: text('As sent.'),
  type: optionalText('HL7 table 0203, e.g. MR, NH.'),
  authority: optionalText('Assigning authority as sent.'),
  organisation: optionalText(
    'ODS code of the authority; absent if the sender is not entitled to its identifiers.',
  ),
  status: optionalText('Verification status as sent.'),
  detail: optional(
    Type.Unsafe<NonNullable<SentIdentifier['detail']>>(
      eventFields('Identifier', ['detail'])['detail'] as TSchema,
    ),
  ),
  patient: publicIdText('Public id of the source patient it was sent for.'),
  source: text('ODS code of the sender.'),
  receivedAt: instant('When it was last sent.'),
  message: text('Message id.'),
  segment: text('Segment in that message.'),
})

/** Each identifier once, however many resources of FHIR have it. @param newestFirst  of one head */
const eachOnce = (newestFirst: PatientHead['identifiers']): PatientHead['identifiers'] =>
  [
    ...Map.groupBy(newestFirst, ({ identifier: { value, authority, type } }) =>
      JSON.stringify([value, authority, type]),
    ).values(),
  ].flatMap(([newest]) => newest ?? [])

/** Every identifier of every source patient. */
export const identifiersOf = (
  heads: readonly PatientHead[],
): Presented<Static<typeof Identifier>>[] =>
  heads.flatMap((head) =>
    eachOnce(head.identifiers).map(({ identifier, version, source, message, place }) => ({
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
