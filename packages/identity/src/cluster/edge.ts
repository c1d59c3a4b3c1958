/** A reason to hold two source patients (`a` and `b` are their keys) to be one person. */
export type Edge = {
  a: string
  b: string
  /** Who says so; the strongest first. */
  how: 'steward' | 'sender' | 'auto'
  rule: string
  score: number
}

/** The result of clustering. Every patient is in exactly one group. */
export type Clusters = {
  /** Keys of source patients, sorted within a group; groups sorted by their first key. */
  groups: string[][]
  /** The edges that hold the groups together. */
  made: Edge[]
  /**
   * Automatic edges not made, because they would join what must stay apart: for a person to decide.
   */
  items: Edge[]
}
