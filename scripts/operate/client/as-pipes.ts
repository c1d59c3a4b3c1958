import { readMessage } from '@tideway/hl7v2/lexer/header'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

/**
 * An answer with pipes, whichever encoding it came in; XML that cannot be read stays as it is.
 * Bytes are characters (Latin-1).
 */
export const asPipes = (payload: Buffer): string => {
  const message = isXml(payload) ? readMessage(payload, 'utf-8') : null
  if (message === null) return payload.toString('latin1')
  const { field } = message.delimiters
  return message.segments
    .map(({ name, fields }) => (name === 'MSH' ? [name, ...fields.slice(2)] : fields).join(field))
    .join('\r')
}
