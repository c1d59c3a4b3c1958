/**
 * A decoded message, with its byte order mark. `byteAt` turns a position in the text (UTF-16 units)
 * into an offset in the bytes.
 */
export type MessageText = { text: string; byteAt: (position: number) => number }

/** @param characterSet  IANA name that the bytes were decoded with when received */
export const messageText = (bytes: Buffer, characterSet: string): MessageText => {
  const text = new TextDecoder(characterSet, { ignoreBOM: true }).decode(bytes)
  if (text.length === bytes.length) return { text, byteAt: (position) => position }
  if (characterSet.startsWith('utf-16')) return { text, byteAt: (position) => position * 2 }
  return { text, byteAt: (position) => Buffer.byteLength(text.slice(0, position)) }
}
