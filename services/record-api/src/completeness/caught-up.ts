/** Where the documents of a partition end; see `Watermark`. Times in milliseconds. */
type Mark = { next: number; through: number | null }

/**
 * Everything acknowledged before this is in the documents of a partition; null: nothing can be
 * said. `proven` is by the reader's own clock; `told` may rest on the clock of another machine, and
 * is shown only where nothing is proven.
 */
export type CaughtUp = { proven: number | null; told: number | null }

/** An end of the log that the documents have not reached yet, and when it was read. */
type Sample = { at: number; end: number }

/** Samples kept while the documents lag; of more every second one goes. */
const mostWaiting = 300

/**
 * Follows one partition: up to when everything that was acknowledged is in the documents.
 *
 * What was acknowledged before the end of the log was read lies before that end. So once the
 * documents have reached it, they hold everything up to the time of that reading. Until that is
 * known, as after a start, the time of the last record in the documents says it: what is not in
 * them was written after that.
 */
export const followPartition = () => {
  let waiting: Sample[] = []
  let proven: number | null = null

  /**
   * @param at    when reading the ends of the log began
   * @param end   offset that the next record will have
   * @param mark  read after the end; null if there is none
   */
  return (at: number, end: number, mark: Mark | null): CaughtUp => {
    const next = mark?.next ?? 0
    waiting = [...waiting.filter((sample) => sample.end !== end), { at, end }]
    for (const sample of waiting)
      if (sample.end <= next) proven = Math.max(proven ?? sample.at, sample.at)
    waiting = waiting.filter((sample) => sample.end > next)
    if (waiting.length > mostWaiting)
      waiting = waiting.filter((_, index) => (waiting.length - index) % 2 === 1)
    const through = mark?.through ?? null
    return { proven, told: proven ?? (through === null ? null : Math.min(through, at)) }
  }
}
