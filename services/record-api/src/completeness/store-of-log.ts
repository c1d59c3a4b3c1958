import type { LogEnds } from '@tideway/kafka/log-ends'
import type { Watermark } from '@tideway/schemas/documents/watermark'
import { watermarkId } from '@tideway/schemas/documents/watermark'
import { type TopicName, topics } from '@tideway/schemas/topics'

export type Belonging = 'yes' | 'no' | 'unknown'

/**
 * Whether the documents were made from this log. The only place that decides it.
 *
 * `no`: watermarks of another cluster, or beyond the end of the log, as after the log was made anew
 * or cut. `unknown`: there is none, though the log has records.
 *
 * @param marks  read before the ends
 */
export const storeBelongsToLog = <T extends TopicName>(
  { log, ends }: LogEnds<T>,
  marks: readonly Watermark[],
): Belonging => {
  const places = Object.entries(ends) as [T, readonly number[]][]
  const endOf = new Map(
    places.flatMap(([name, all]) =>
      all.map((end, partition) => [watermarkId(topics[name].name, partition), end] as const),
    ),
  )
  if (marks.some((mark) => mark.log !== log || mark.next > (endOf.get(mark._id) ?? mark.next)))
    return 'no'
  const isEmpty = [...endOf.values()].every((end) => end === 0)
  return marks.length > 0 || isEmpty ? 'yes' : 'unknown'
}

/** Of watermarks and epoch: `yes` only if both say so. */
export const bothSay = (a: Belonging, b: Belonging): Belonging => {
  if (a === 'no' || b === 'no') return 'no'
  return a === 'yes' ? b : 'unknown'
}
