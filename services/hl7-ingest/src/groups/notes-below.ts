import type { Segment } from '@tideway/hl7v2/lexer/message'

/** The notes (NTE) right after a segment. */
export const notesBelow = (segment: Segment): Segment[] => {
  const { segments } = segment.message
  const notes: Segment[] = []
  for (let at = indexOf(segment) + 1; segments[at]?.name === 'NTE'; at++)
    notes.push(segments[at] as Segment)
  return notes
}

/** By bisection, because a message may have very many: `base` grows from segment to segment. */
const indexOf = ({ base, message: { segments } }: Segment): number => {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle] as Segment).base < base) low = middle + 1
    else high = middle
  }
  return low
}
