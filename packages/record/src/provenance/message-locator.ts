import { locateInFhir } from './locate-in-fhir.ts'
import { xmlResourceIn } from './fhir-xml.ts'
import { locateInHl7 } from './locate-in-hl7.ts'
import { segmentsIn } from './hl7-text.ts'
import { xmlSegmentsIn } from './hl7-xml.ts'
import { resourceIn } from './json-nodes.ts'
import type { Locator } from './locate.ts'

/**
 * The locator for a message of any format we receive.
 *
 * @returns null if the text is neither an HL7 v2 message, in ER7 or XML, nor a FHIR resource in
 *   JSON or XML
 */
export const messageLocator = (text: string): Locator | null => {
  const segments = segmentsIn(text) ?? xmlSegmentsIn(text)
  if (segments !== null) return locateInHl7(segments)
  const resource = resourceIn(text) ?? xmlResourceIn(text)
  return resource === null ? null : locateInFhir(resource)
}
