/**
 * A message decoded, its byte order mark kept, and where a position of the text is in the bytes.
 */
export type MessageText = { text: string; byteAt: (position: number) => number }

/** @param characterSet  as an IANA name, what the bytes were decoded as when they came */
export const messageText = (bytes: Buffer, characterSet: string): MessageText => {
  const text = new TextDecoder(characterSet, { ignoreBOM: true }).decode(bytes)
  if (text.length === bytes.length) return { text, byteAt: (position) => position }
  if (characterSet.startsWith('utf-16')) return { text, byteAt: (position) => position * 2 }
  return { text, byteAt: (position) => Buffer.byteLength(text.slice(0, position)) }
}
