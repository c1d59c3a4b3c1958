import { raw } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'

/** One longer than this stays in the archive alone, and is listed as unused; characters. */
const longestKept = 16_384

/**
 * Segments that only this sender and its receivers know (Z..), each as sent; they are not cut, and
 * so not read.
 */
export const readZSegments = ({ segments, delimiters }: Hl7Message): string[] =>
  segments
    .filter(({ name }) => name.startsWith('Z'))
    .flatMap((segment) => {
      const asSent = segment.fields.join(delimiters.field)
      if (asSent.length > longestKept) return []
      for (let field = 1; field < segment.fields.length; field++) raw(segment, field)
      return [asSent]
    })
