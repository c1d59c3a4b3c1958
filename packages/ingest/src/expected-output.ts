import type { DraftEvent } from './draft-event.ts'

type Told = {
  events: readonly Omit<DraftEvent, 'attachments'>[]
  attachments: DraftEvent['attachments']
}

/**
 * What a sample's `.expected.json` holds: all that was understood, without ids and times of
 * receipt, and of attachments their size.
 */
export const expectedOutput = <T extends Told>({ events, attachments, ...rest }: T) => ({
  ...rest,
  events: events.map(({ patientKey, place, body }) => ({ patientKey, place, body })),
  attachments: attachments.map(({ object, contentType, bytes }) => ({
    object,
    contentType,
    size: bytes.length,
  })),
})
