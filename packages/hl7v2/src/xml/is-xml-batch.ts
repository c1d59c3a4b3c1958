import { readElements } from './elements.ts'
import { isXml } from './is-xml.ts'
import { decodeXml } from './read-xml.ts'

const batchSegments = new Set(['FHS', 'BHS'])

/**
 * Whether an XML document that is not a message holds a batch: FHS, BHS, or a second MSH. A batch
 * is rejected, because a message extracted from it would not be the bytes as received.
 *
 * @see HL7 v2.5.1 chapter 2.10.3, batch protocol
 */
export const isXmlBatch = (bytes: Buffer): boolean => {
  if (!isXml(bytes)) return false
  let headers = 0
  let found = false
  const element = ({ name }: { name: string }, isSegment: boolean) => {
    if (!isSegment) return
    if (name === 'MSH') headers += 1
    found ||= headers > 1 || batchSegments.has(name)
  }
  try {
    readElements(decodeXml(bytes, 'windows-1252').text.trimStart(), {
      element,
      text: () => undefined,
      isDone: () => found,
    })
  } catch {
    return found
  }
  return found
}
