/** Where the documents of a partition end; see `Watermark`. Times in milliseconds. */
export type Mark = { next: number; through: number | null }

/** An end of the log that the documents have not reached yet, and when it was read. */
type Sample = { at: number; end: number }

/** Samples kept while the documents lag; of more every second one goes. */
const mostWaiting = 300

/**
 * Follows one partition: up to when everything that was acknowledged is in the documents.
 *
 * What was acknowledged before the end of the log was read lies before that end. So once the
 * documents have reached it, they hold everything up to the time of that reading, by the reader's
 * own clock. Besides, a record that is not in them was written after the last one that is, so
 * everything acknowledged before that one's time is there.
 */
export const followPartition = () => {
  let waiting: Sample[] = []
  let upTo: number | null = null

  const reach = (time: number): void => {
    upTo = Math.max(upTo ?? time, time)
  }

  /**
   * @param at    when reading the ends of the log began
   * @param end   offset that the next record will have
   * @param mark  read after the end; null if there is none
   * @returns null while nothing can be said
   */
  return (at: number, end: number, mark: Mark | null): number | null => {
    waiting = [...waiting.filter((sample) => sample.end !== end), { at, end }]
    if (waiting.length > mostWaiting)
      waiting = waiting.filter((_, index) => (waiting.length - index) % 2 === 1)
    const reached = waiting.filter((sample) => sample.end <= (mark?.next ?? 0))
    waiting = waiting.filter((sample) => sample.end > (mark?.next ?? 0))
    for (const sample of reached) reach(sample.at)
    if (mark !== null && mark.through !== null) reach(Math.min(mark.through, at))
    return upTo
  }
}
