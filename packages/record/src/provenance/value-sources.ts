import type { Entry } from '@tideway/schemas/documents/entry'
import { documentSources } from './document-sources.ts'
import { encounterSources } from './encounter-sources.ts'
import type { Path } from './locate.ts'
import { reportSources } from './report-sources.ts'
import { statementSources } from './statement-sources.ts'

/** The statement that a value of an entry comes from. */
export type ValueSource = {
  /**
   * The value, by the names of the events and of the stored entry, whatever an answer calls it:
   *
   * | entry | paths |
   * |---|---|
   * | report | `status`, `statusAsSent`, a header field; `observations[n]`, `observations[n].earlier[m]` |
   * | document | `status`, `documentId`, a field of the document |
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

/**
 * Where the values of an entry come from; of two sources for one value, the likelier first. A value
 * derived from several messages has none, nor has a value that was withdrawn.
 */
export const valueSources = ({ data }: Pick<Entry, 'data'>): ValueSource[] => {
  switch (data.kind) {
    case 'encounter':
      return encounterSources(data)
    case 'report':
      return reportSources(data)
    case 'document':
      return documentSources(data)
    default:
      return statementSources(data)
  }
}
