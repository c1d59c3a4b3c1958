import type { NotShown } from '@tideway/schemas/events.generated'
import type { DraftEvent } from './draft-event.ts'

type Normalisation = {
  events: readonly (Omit<DraftEvent, 'attachments' | 'notShown'> & { notShown: NotShown | null })[]
  attachments: DraftEvent['attachments']
}

/**
 * Content of a sample's `.expected.json`: the result of normalising it, without ids and receive
 * times, and with the size of attachments in place of their bytes.
 */
export const expectedOutput = <T extends Normalisation>({ events, attachments, ...rest }: T) => ({
  ...rest,
  events: events.map(({ patientKey, place, body, notShown }) => ({
    patientKey,
    place,
    body,
    ...(notShown === null ? {} : { notShown }),
  })),
  attachments: attachments.map(({ object, contentType, bytes }) => ({
    object,
    contentType,
    size: bytes.length,
  })),
})
