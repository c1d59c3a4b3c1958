import { toXml } from '@tideway/fhir/xml/write-xml'

export const fhirJson = 'application/fhir+json'
export const fhirXml = 'application/fhir+xml'
export type FhirFormat = typeof fhirJson | typeof fhirXml

const accepted = /^(application\/(fhir\+)?(json|xml)|text\/xml)\s*(;|$)/i
const otherCharset = /charset\s*=\s*"?(?!utf-?8)/i

/** Whether a body of this Content-Type is read: FHIR JSON or XML, in UTF-8. */
export const isReadable = (contentType: string): boolean =>
  accepted.test(contentType) && !otherCharset.test(contentType)

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
