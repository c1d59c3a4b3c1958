import type { Entry } from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { documentTraces } from '@tideway/record/provenance/document-sources'
import { encounterTraces } from '@tideway/record/provenance/encounter-sources'
import { reportTraces } from '@tideway/record/provenance/report-sources'
import { statementTraces } from '@tideway/record/provenance/statement-sources'

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

/**
 * Where the fields of an entry come from, the likelier first where there are two for one. What is
 * derived from several messages has none.
 */
export const tracesOf = ({ data }: Entry): Trace[] => {
  switch (data.kind) {
    case 'encounter':
      return encounterTraces(data)
    case 'report':
      return reportTraces(data)
    case 'document':
      return documentTraces(data)
    default:
      return statementTraces(data)
  }
}
