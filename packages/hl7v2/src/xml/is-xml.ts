const M = 0x4d
const opening = 0x3c

/** Bytes allowed before the first <: byte order marks, the zero byte of UTF-16, white space. */
const before = new Set([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0x20, 0x09, 0x0a, 0x0d])

/** Whether the first character is a <. Reads one byte of a message that starts with MSH. */
export const isXml = (bytes: Buffer): boolean => {
  if (bytes[0] === M) return false
  let at = 0
  while (at < bytes.length && before.has(bytes[at] as number)) at += 1
  return bytes[at] === opening
}
