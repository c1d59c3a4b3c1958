import { raw } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'

/** Maximum length in characters; a longer segment is only archived, and listed as unused. */
const longestKept = 16_384

/** Z segments, each as sent and uninterpreted. */
export const readZSegments = ({ segments, delimiters }: Hl7Message): string[] => {
  const found: string[] = []
  for (const segment of segments) {
    if (segment.name[0] !== 'Z') continue
    const asSent = segment.fields.join(delimiters.field)
    if (asSent.length > longestKept) continue
    for (let field = 1; field < segment.fields.length; field++) raw(segment, field)
    found.push(asSent)
  }
  return found
}
