import { hash } from 'node:crypto'

const digest = (text: string, bytes: number) => hash('sha256', text, 'buffer').subarray(0, bytes)

/** Topic key and document id of a source patient: `<ods>|<identifier>`. */
export const patientKeyOf = (organisation: string, identifier: string): string =>
  `${organisation}|${identifier}`

/**
 * Public id of a patient or an entry, safe in an address: it names nobody. 22 characters,
 * base64url.
 */
export const publicId = (key: string): string => digest(key, 16).toString('base64url')

/**
 * Message id: the same bytes from the same sender give the same id. 32 hex digits.
 *
 * @param receivedAt  microseconds since 1970 UTC, for a message without its own time: the same
 *   bytes sent again are a separate message
 */
export const messageIdOf = (
  source: string,
  bytes: Buffer,
  receivedAt: number | null = null,
): string => {
  const sender = receivedAt === null ? `${source}\n` : `${source}\n${receivedAt}\n`
  const length = Buffer.byteLength(sender)
  const both = Buffer.allocUnsafe(length + bytes.length)
  both.write(sender)
  bytes.copy(both, length)
  return hash('sha256', both, 'hex').slice(0, 32)
}

/** Whether a message with these bytes can have that id. @param receivedAt microseconds, as above */
export const isMessageIdOf = (
  id: string,
  source: string,
  bytes: Buffer,
  receivedAt: number,
): boolean => messageIdOf(source, bytes) === id || messageIdOf(source, bytes, receivedAt) === id

export const entryIdOf = (patientKey: string, kind: string, businessKey: string): string =>
  `${patientKey}|${kind}|${businessKey}`
