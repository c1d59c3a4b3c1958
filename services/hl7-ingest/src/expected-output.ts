import type { Normalised } from './normalise.ts'

/** What a sample's `.expected.json` holds: all that was understood, without ids and times of receipt, and of attachments their size. */
export const expectedOutput = ({ messageId: _, untranslated: _untranslated, events, attachments, ...rest }: Normalised) => ({
  ...rest,
  events: events.map(({ patientKey, place, body }) => ({ patientKey, place, body })),
  attachments: attachments.map(({ object, contentType, bytes }) => ({ object, contentType, size: bytes.length })),
})
