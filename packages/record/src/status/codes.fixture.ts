import type { StatusSystem } from '@tideway/schemas/events.generated'
import type { StatusTable } from './status-table.ts'

/** Codes of a table or value set that a status table holds. */
export const codesOf = (table: StatusTable<string>, system: StatusSystem): string[] =>
  Object.values(table).flatMap((codes) => [codes[system] ?? []].flat())
