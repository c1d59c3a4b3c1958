import type { Happening } from './draft-event.ts'

type Normalisation = {
  events: readonly Omit<Happening, 'attachments'>[]
  attachments: Happening['attachments']
}

/**
 * Content of a sample's `.expected.json`: the result of normalising it, without ids and receive
 * times, and with the size of attachments in place of their bytes.
 */
export const expectedOutput = <T extends Normalisation>({ events, attachments, ...rest }: T) => ({
  ...rest,
  events: events.map(({ patientKey, place, body }) => ({ patientKey, place, body })),
  attachments: attachments.map(({ object, contentType, bytes }) => ({
    object,
    contentType,
    size: bytes.length,
  })),
})
