import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import { isAcknowledgement, readHeader } from '@tideway/hl7v2/lexer/header'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

/**
 * What a sender reads from its own message: MSH-9 and MSH-10 as sent, whether no answer
 * is due (MSH-15 and MSH-16, or an acknowledgement), and whether it has a time of its own.
 */
export type Peek = {
  type: string | null
  controlId: string
  source: string | null
  silent: boolean
  /** MSH-7 is a time: the same bytes again are a repeat. */
  timed: boolean
}

const orNull = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value

/** @see HL7 table 0155 */
const asks = new Set(['AL', 'SU'])
/** An acknowledgement is never answered, whatever it asks for. */
const isSilent = (message: string | undefined, accept: string, application: string): boolean =>
  isAcknowledgement({ messageCode: message?.trim().toUpperCase() ?? null }) ||
  ([accept, application].some((condition) => ['AL', 'NE', 'ER', 'SU'].includes(condition)) &&
    !asks.has(accept) &&
    !asks.has(application))

const peekXml = (payload: Buffer): Peek | null => {
  const header = readHeader(payload)
  if (header === null) return null
  const {
    type,
    controlIdAsSent,
    sendingFacility,
    acceptAcknowledgement,
    applicationAcknowledgement,
  } = header
  return {
    type,
    controlId: controlIdAsSent,
    source: sendingFacility,
    silent: isSilent(
      type?.split('^')[0],
      acceptAcknowledgement ?? '',
      applicationAcknowledgement ?? '',
    ),
    timed: /<MSH\.7>[^/]*\d{4}/.test(payload.toString('latin1')),
  }
}

/** @returns null if there is no MSH segment at the start */
export const peek = (payload: Buffer): Peek | null => {
  if (isXml(payload)) return peekXml(payload)
  const header = /^\s*MSH([^\r\n]*)/.exec(
    payload.toString('latin1').replace(/^\xef\xbb\xbf/, ''),
  )?.[1]
  if (header === undefined || header.length < 2) return null
  const separator = header[0] as string
  const component = header[1] as string
  const fields = header.split(separator)
  const [message, trigger] = (fields[8] ?? '').split(component)
  return {
    type:
      orNull(message) === null
        ? null
        : orNull(trigger) === null
          ? (message as string)
          : `${message}^${trigger}`,
    controlId: fields[9] ?? '',
    source: orNull((fields[3] ?? '').split(component)[0]),
    silent: isSilent(message, fields[14] ?? '', fields[15] ?? ''),
    timed: isoOf((fields[6] ?? '').split(component)[0] as string, 'UTC') !== null,
  }
}
