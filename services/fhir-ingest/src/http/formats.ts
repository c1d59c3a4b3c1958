import { toXml } from '@tideway/fhir/xml/write-xml'
import { isJsonPatch } from '../retractions/as-bundle.ts'

export const fhirJson = 'application/fhir+json'
export const fhirXml = 'application/fhir+xml'
export type FhirFormat = typeof fhirJson | typeof fhirXml

const accepted = /^(application\/(fhir\+)?(json|xml)|text\/xml)\s*(;|$)/i
const otherCharset = /charset\s*=\s*"?(?!utf-?8)/i
const otherVersion = /;\s*fhirVersion\s*=(?!\s*"?4\.0(\.\d+)?"?\s*(;|$))/i

/**
 * Whether a body of this Content-Type is read: FHIR JSON or XML of R4, in UTF-8.
 *
 * @see FHIR R4, RESTful API, MIME parameter fhirVersion
 */
export const isReadable = (contentType: string): boolean =>
  accepted.test(contentType) && !otherCharset.test(contentType) && !otherVersion.test(contentType)

/** Whether the body of a request is read; that of a DELETE is ignored. @see RFC 6902 */
export const isReadableBy = (method: string, contentType: string): boolean =>
  method === 'DELETE' ||
  isReadable(contentType) ||
  (method === 'PATCH' && isJsonPatch(contentType) && !otherCharset.test(contentType))

/**
 * The format of an answer: `_format`, else Accept; if either accepts any, the format of the
 * request.
 *
 * @returns null if neither JSON nor XML is accepted
 * @see FHIR R4, RESTful API, content types and encodings
 */
export const answerFormat = (
  format: string | undefined,
  accept: string | undefined,
  contentType: string | undefined,
): FhirFormat | null => {
  const wanted = format ?? accept ?? '*/*'
  if (/xml/i.test(wanted)) return fhirXml
  if (/json/i.test(wanted)) return fhirJson
  if (!/\*\/\*|application\/\*/.test(wanted)) return null
  return /xml/i.test(contentType ?? '') ? fhirXml : fhirJson
}

export const written = (resource: object, format: FhirFormat): string =>
  format === fhirXml ? toXml(resource as never) : JSON.stringify(resource)
