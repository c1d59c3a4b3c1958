/** Hours of a week. */
export const hoursOfWeek = 168
/** Weeks remembered of each hour. */
export const weeksKept = 5

/**
 * How long one source was silent at a time, by hour of the week. Collection `feed-gaps`; `_id` is
 * the source.
 */
export type FeedGaps = {
  _id: string
  /** When the source was last heard, as far as the gaps below know. */
  heard: Date
  /**
   * By hour of the week (0: Monday 00:00 to 01:00, London): the longest gap that touched that hour
   * in each of the newest weeks it was seen in, newest first, seconds.
   */
  hours: number[][]
  /** By hour of the week: the week that the first of its gaps is of, counted from 1970. */
  weeks: number[]
}
