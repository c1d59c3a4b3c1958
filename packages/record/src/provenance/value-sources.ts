import type { Entry } from '@tideway/schemas/documents/entry'
import { documentSources } from './document-sources.ts'
import { encounterSources } from './encounter-sources.ts'
import { reportSources } from './report-sources.ts'
import { statementSources } from './statement-sources.ts'
import type { ValueSource } from './value-source.ts'

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
