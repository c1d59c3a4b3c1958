import type { StatementKind } from '@tideway/schemas/documents/statement'
import { Type } from 'typebox'
import { statementSchemas } from './statement.ts'
import { list, optionalText } from './schema/values.ts'

/** Section of the record for each kind of statement. A new kind without one does not compile. */
export const sectionNames = {
  allergy: 'allergies',
  condition: 'conditions',
  procedure: 'procedures',
  contact: 'contacts',
  'care-team-member': 'careTeam',
  alert: 'alerts',
  request: 'requests',
  prescription: 'prescriptions',
  dispense: 'dispenses',
  administration: 'administrations',
  immunization: 'immunizations',
  appointment: 'appointments',
  resource: 'resources',
} as const satisfies Record<StatementKind, string>

export type SectionName = (typeof sectionNames)[StatementKind]

/** One value a section, by the section's name. */
export const bySection = <T>(make: (kind: StatementKind) => T): Record<SectionName, T> =>
  Object.fromEntries(
    Object.entries(sectionNames).map(([kind, name]) => [name, make(kind as StatementKind)]),
  ) as Record<SectionName, T>

export const sectionLists = bySection((kind) => list(statementSchemas[kind], 'Newest first.'))
export const sectionCursors = bySection((kind) => optionalText(`\`before\` of kind=${kind}.`))
export const sectionCounts = bySection(() =>
  Type.Integer({
    minimum: 0,
    description: 'Entries in this answer: all there are, unless `more` has the section.',
  }),
)
