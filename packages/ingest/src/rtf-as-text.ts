import type { Attachment, EventBody, Observation } from '@tideway/schemas/events.generated'
import type { DraftEvent } from './draft-event.ts'
import type { Upload } from './large-payloads.ts'
import { isRtfText, rtfText } from './rtf-text.ts'

/** Media type of what a text was converted from. */
const rtf = 'application/rtf'

/** Every text of a value that is RTF, converted. The same value if none is. */
const converted = (value: unknown): unknown => {
  if (typeof value === 'string') return isRtfText(value) ? (rtfText(value) ?? value) : value
  if (Array.isArray(value)) {
    const items = value.map(converted)
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  const fields = Object.entries(value).map(
    ([name, field]) => [name, field, converted(field)] as const,
  )
  return fields.every(([, before, after]) => before === after)
    ? value
    : Object.fromEntries(fields.map(([name, , after]) => [name, after]))
}

type TextOf = (attachment: Attachment | null) => string | null

/** Text of an attachment that is RTF and was sent with the message. */
const textOfAttachments = (attachments: readonly Upload[]): TextOf => {
  const byObject = new Map(attachments.map((upload) => [upload.object, upload.bytes]))
  return (attachment) => {
    const bytes = byObject.get(attachment?.object ?? '')
    return bytes === undefined || !isRtfText(bytes) ? null : rtfText(bytes)
  }
}

const observationRead =
  (textOf: TextOf) =>
  (before: Observation): Observation => {
    const observation = converted(before) as Observation
    const text = before.value === null ? textOf(before.attachment) : null
    const isConverted = text !== null || observation.value !== before.value
    return isConverted
      ? { ...observation, value: text ?? observation.value, convertedFrom: rtf }
      : observation
  }

const bodyRead = (before: EventBody, textOf: TextOf): EventBody => {
  if (before.type === 'ResultReported') {
    const { observations, ...others } = before
    return {
      ...(converted(others) as typeof others),
      observations: observations.map(observationRead(textOf)),
    }
  }
  const body = converted(before) as EventBody
  if (body.type !== 'DocumentReported' || before.type !== 'DocumentReported') return body
  const texts = (body.attachments.length > 0 ? body.attachments : [body.attachment])
    .map(textOf)
    .filter((text) => text !== null)
  const text = body.text ?? (texts.length === 0 ? null : texts.join('\n\n'))
  return text === before.text ? body : { ...body, text, convertedFrom: rtf }
}

const mayBeRtf = ({ bytes }: Upload): boolean => isRtfText(bytes)

/**
 * Events with RTF in their texts as plain text, and the text of attachments that are RTF beside
 * them. The original is the message itself, or the attachment.
 *
 * @param bytes  of the message: only one with RTF in it is looked through
 */
export const withRtfAsText = <Draft extends DraftEvent>(
  drafts: readonly Draft[],
  bytes: Buffer,
): readonly Draft[] => {
  const isText = bytes.includes('\\rtf')
  if (!isText && !drafts.some(({ attachments }) => attachments.some(mayBeRtf))) return drafts
  return drafts.map((draft) => {
    const body = bodyRead(draft.body, textOfAttachments(draft.attachments))
    return body === draft.body ? draft : { ...draft, body }
  })
}
