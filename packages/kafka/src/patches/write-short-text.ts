/** Longest text whose length takes one byte as a zigzag varint. */
const longest = 63
const asciiEnd = 0x80

/**
 * Writes a short ASCII text, preceded by its length, without a call for its length in bytes.
 *
 * @returns the offset after it, or -1 if the text is not short ASCII; bytes from `at` on are then
 *   undefined
 */
export const writeShortText = (to: Buffer, at: number, text: string): number => {
  if (text.length > longest) return -1
  let next = at + 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= asciiEnd) return -1
    to[next++] = code
  }
  to[at] = text.length << 1
  return next
}
