import type { Fix } from '../normalise/mapping.ts'

/**
 * Line breaks are sent as the bytes of a line end, or with their escape character doubled or
 * escaped itself: `\X0D\\X0A\`, `\\.br\\`, `\E\.br\E\`.
 */
export default {
  field: (asSent, { message }) => {
    const { escape: mark } = message.delimiters
    if (mark === '' || !asSent.includes(mark)) return asSent
    const lineBreak = `${mark}.br${mark}`
    const asWritten = [
      `${mark}E${mark}${lineBreak}${mark}E${mark}`,
      `${mark}E${mark}.br${mark}E${mark}`,
      `${mark}${lineBreak}${mark}`,
    ]
    const asBytes = [`X0D${mark}${mark}X0A`, 'X0D0A', 'X0d0a', 'X0D', 'X0A'].map(
      (bytes) => `${mark}${bytes}${mark}`,
    )
    return [...asWritten, ...asBytes].reduce(
      (text, sent) => text.replaceAll(sent, lineBreak),
      asSent,
    )
  },
} satisfies Fix
