import { r4Error } from '@tideway/fhir/fault'
import { type Parsed, parseJson } from '@tideway/fhir/parse-json'
import { isTooDeep } from '@tideway/fhir/validation/validate'
import { parseXml } from '@tideway/fhir/xml/read-xml'

const firstByte = /[^\s\uFEFF]/

/** Whether a body is XML, by its first character: Content-Type is not archived. */
export const isXml = (bytes: Buffer): boolean =>
  firstByte.exec(bytes.toString('utf8', 0, 256))?.[0] === '<'

const withoutByteOrderMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/**
 * @throws FhirError NOT_JSON, DUPLICATE_MEMBER, NOT_XML, XML_FORBIDDEN, TOO_DEEP or
 *   UNKNOWN_RESOURCE
 */
export const parseBody = (bytes: Buffer): Parsed => {
  const text = withoutByteOrderMark(bytes)
  if (!isXml(bytes)) return parseJson(text)
  const parsed = parseXml(text)
  if (isTooDeep(parsed.resource)) throw r4Error('TOO_DEEP', 'body')
  return parsed
}
