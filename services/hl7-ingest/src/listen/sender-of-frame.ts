import { type Header, readHeader } from '@tideway/hl7v2/lexer/header'
import { readBatch } from '@tideway/hl7v2/mllp/batch'
import { headBytes } from '@tideway/hl7v2/mllp/frame-buffer'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

const M = 0x4d
const lineEnds = [0x0d, 0x0a]

const isWhole = (message: Buffer): boolean => {
  const start = message.indexOf(M)
  return start !== -1 && lineEnds.some((end) => message.includes(end, start))
}

/**
 * The header of an unfinished frame: that of its message, or of the first message of a batch.
 *
 * @param head  the first bytes of the frame
 * @returns undefined if more bytes are needed; null if there is none
 */
export const headerOfFrame = (head: Buffer): Header | null | undefined => {
  const missing = head.length < headBytes ? undefined : null
  if (isXml(head)) return readHeader(head) ?? missing
  const batch = readBatch(head)
  const message = batch === null ? head : batch.messages[0]
  return message === undefined || !isWhole(message) ? missing : readHeader(message)
}
