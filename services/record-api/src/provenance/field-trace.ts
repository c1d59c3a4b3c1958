import type { Path } from '@tideway/record/provenance/locate'

/** Which value of an event of which message a field that a reader is shown was taken from. */
export type Trace = {
  /** Field in the entry as it is answered. */
  readonly shown: Path
  readonly message: string
  /** Segment or resource. */
  readonly place: string
  /**
   * Record of the event schemas that `said` is, e.g. `ResultReported`, and where in it the value
   * is.
   */
  readonly record: string
  readonly said: object
  readonly path: Path
}
