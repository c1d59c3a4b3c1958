import { hash } from 'node:crypto'
import { keyPart, textOfKeyPart } from './key-part.ts'

const digest = (text: string, bytes: number) => hash('sha256', text, 'buffer').subarray(0, bytes)

/** Identifier in the key of a patient without one, of which only a digest is in the key. */
const standIn = /^(?:fhir|placeholder)(?=:[0-9a-f]{16}$)/
const placeholderStandIn = /^[^|]*\|placeholder:[0-9a-f]{16}$/

/** End of the key of a later person with the number; an identifier that ends so is escaped. */
const laterGeneration = /~(\d+)$/

/**
 * Topic key and document id of a source patient: `<ods>|<identifier>`, with one `|`. An identifier
 * never has the key of another patient's entry, nor of a patient without an identifier, nor of a
 * later person with another number.
 */
export const patientKeyOf = (organisation: string, identifier: string): string => {
  const alsoEscaped = `${standIn.test(identifier) ? ':' : ''}${laterGeneration.test(identifier) ? '~' : ''}`
  return `${keyPart(organisation, '|')}|${keyPart(identifier, `|${alsoEscaped}`)}`
}

/**
 * Document id of the source patient who has a number as the nth person: `RJZ|123~2`. The topic key
 * of what is said about him is that of the number, `RJZ|123`, as senders know no other.
 */
export const generationKeyOf = (numberKey: string, generation: number): string =>
  generation === 1 ? numberKey : `${numberKey}~${generation}`

/** Topic key of the number of a source patient. */
export const numberKeyOf = (patientKey: string): string =>
  patientKey.includes('~') ? patientKey.replace(laterGeneration, '') : patientKey

/** As which person a source patient has the number: 1 is the first. */
export const generationOf = (patientKey: string): number =>
  patientKey.includes('~') ? Number(laterGeneration.exec(patientKey)?.[1] ?? 1) : 1

/** The key of an event from before identifiers that end like a generation were escaped. */
export const topicKeyAsNow = (patientKey: string): string =>
  numberKeyOf(patientKey) === patientKey
    ? patientKey
    : patientKey.replace(laterGeneration, '\\R\\$1')

/** Topic key of a patient without an identifier. @param digest  16 hexadecimal digits */
export const standInKeyOf = (organisation: string, digest: string): string =>
  `${organisation}|fhir:${digest}`

/**
 * Topic key of what one message says of a patient under a number that names no one, such as
 * `UNKNOWN`: the message stands alone.
 *
 * @param which  tells patients of one message apart
 */
export const placeholderKeyOf = (organisation: string, messageId: string, which: string): string =>
  `${organisation}|placeholder:${hash('sha256', `${messageId}|${which}`, 'hex').slice(0, 16)}`

/** Whether the key is one of `placeholderKeyOf`. */
export const isPlaceholderKey = (patientKey: string): boolean => placeholderStandIn.test(patientKey)

/** The identifier in a patient's key. */
export const identifierIn = (patientKey: string): string =>
  textOfKeyPart(numberKeyOf(patientKey).slice(patientKey.indexOf('|') + 1))

/**
 * Id of a patient or an entry in the store: 22 characters, base64url. Its key can be found by
 * trying all numbers, so answers and addresses have it encrypted; see `idSeal`.
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

/** The key with one `|`, of an event from before identifiers were escaped in it. */
const withOneBar = (patientKey: string): string => {
  const at = patientKey.indexOf('|') + 1
  return patientKey.includes('|', at)
    ? `${patientKey.slice(0, at)}${keyPart(patientKey.slice(at), '|')}`
    : patientKey
}

/** `_id` of an entry; no two of patient, kind and business key give the same. */
export const entryIdOf = (patientKey: string, kind: string, businessKey: string): string =>
  `${withOneBar(patientKey)}|${kind}|${businessKey}`
