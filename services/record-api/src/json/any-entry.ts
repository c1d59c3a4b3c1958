import type { Entry } from '@tideway/schemas/documents/entry'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { Completeness } from '../completeness/completeness.ts'
import { DocumentAnswer, documentOf } from './document.ts'
import { EncounterAnswer, encounterOf } from './encounter.ts'
import type { EntryContext } from './entry.ts'
import { ReportAnswer, reportOf } from './report.ts'
import { type StatementJson, statementOf, statementSchemas } from './statement.ts'
import { list, object, optionalText } from './schema/values.ts'

export const AnyEntry = Type.Union([
  EncounterAnswer,
  ReportAnswer,
  DocumentAnswer,
  ...Object.values(statementSchemas),
])
export type AnyEntry = EncounterAnswer | ReportAnswer | DocumentAnswer | StatementJson

export const EntryPage = object('EntryPage', 'A page of one section, newest first.', {
  completeness: Completeness,
  complete: Type.Boolean({ description: 'True only if `completeness.state` is `complete`.' }),
  entries: list(AnyEntry),
  more: Type.Boolean({ description: 'True if there are more.' }),
  before: optionalText('Cursor of the next page; absent on the last.'),
})

export type EntryPage = Omit<Static<typeof EntryPage>, 'entries'> & { entries: AnyEntry[] }

/** One entry as an answer. */
export const entryOf = (entry: Entry, context: EntryContext): Presented<AnyEntry> => {
  switch (entry.data.kind) {
    case 'encounter':
      return encounterOf(entry, entry.data, context)
    case 'report':
      return reportOf(entry, entry.data, context)
    case 'document':
      return documentOf(entry, entry.data, context)
    default:
      return statementOf(entry, entry.data, context)
  }
}
