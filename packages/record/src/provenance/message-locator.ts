import { searchFhir } from './locate-in-fhir.ts'
import { xmlResourceIn } from './fhir-xml.ts'
import { searchHl7 } from './locate-in-hl7.ts'
import { segmentsIn } from './hl7-text.ts'
import { xmlSegmentsIn } from './hl7-xml.ts'
import { resourceIn } from './json-nodes.ts'
import type { Searched } from './locate.ts'

/**
 * @returns null if the text is neither an HL7 message in pipes or XML nor a FHIR resource in JSON
 *   or XML
 */
export const searchMessage = (text: string): Searched | null => {
  const segments = segmentsIn(text) ?? xmlSegmentsIn(text)
  if (segments !== null) return searchHl7(segments)
  const resource = resourceIn(text) ?? xmlResourceIn(text)
  return resource === null ? null : searchFhir(resource)
}
