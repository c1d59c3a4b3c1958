import { showing, statusReader, type StatusTable } from './status-table.ts'

/** HL7 v2.9 table 0136, yes/no; and FHIR R4 RelatedPerson.active. */
export const contactStatuses = {
  active: { HL70136: 'Y', BOOLEAN: 'true' },
  inactive: { HL70136: 'N', BOOLEAN: 'false' },
} as const satisfies StatusTable<string>

export const readContactStatus = statusReader(contactStatuses)

/** Status of a contact in the record. */
export const shownContactStatus = showing(contactStatuses, { active: 'reported' })
