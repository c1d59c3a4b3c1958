import type { Path } from './locate.ts'

/** The statement that a value of an entry comes from. */
export type ValueSource = {
  /**
   * The value, by the names of the events and of the stored entry, whatever an answer calls it:
   *
   * | entry | paths |
   * |---|---|
   * | report | `status`, a header field; `observations[n]`, `observations[n].earlier[m]` |
   * | document | `status`, `contentStatus`, `documentId`, a field of the document |
   * | encounter | as stored, and the fields of the visit |
   * | statement | `key`, `status`, `fields.NAME`, `earlier[n].fields.NAME` |
   */
  readonly value: Path
  readonly message: string
  /** Segment or resource. */
  readonly place: string
  /** Event record that `said` is, e.g. `ResultReported`, and the path of the value in it. */
  readonly record: string
  readonly said: object
  readonly path: Path
}
