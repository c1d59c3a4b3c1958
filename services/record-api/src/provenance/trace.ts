import type { Entry } from '@tideway/schemas/documents/entry'
import type { Trace } from './field-trace.ts'
import { documentTraces } from './document-traces.ts'
import { encounterTraces } from './encounter-traces.ts'
import { reportTraces } from './report-traces.ts'
import { statementTraces } from './statement-traces.ts'

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
