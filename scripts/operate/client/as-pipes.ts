import { readMessage } from '@tideway/hl7v2/lexer/header'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

/**
 * Converts an acknowledgement to the pipe encoding; XML that cannot be parsed is returned
 * unchanged. One character for each byte (Latin-1).
 */
export const asPipes = (payload: Buffer): string => {
  const message = isXml(payload) ? readMessage(payload, 'utf-8') : null
  if (message === null) return payload.toString('latin1')
  const { field } = message.delimiters
  return message.segments
    .map(({ name, fields }) => (name === 'MSH' ? [name, ...fields.slice(2)] : fields).join(field))
    .join('\r')
}
