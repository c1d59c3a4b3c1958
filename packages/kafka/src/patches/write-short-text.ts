/** Longest text whose length takes one byte as a zigzag varint, as Avro and Kafka write it. */
const longest = 63
const asciiEnd = 0x80

/**
 * Writes a short ASCII text, preceded by its length. Bytes beyond the end of the buffer are
 * dropped.
 *
 * @returns the offset after it; -1 if the text is not short ASCII, in which case the bytes from
 *   `at` on are undefined
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
