import { table } from './table.ts'

type Meaning = { status: number; issue: string; text: string; park: boolean }

/** What a sender of FHIR is told, and what is kept. */
export const fhirErrorsTable = (errors: Readonly<Record<string, Meaning>>): string =>
  table(
    ['Status', 'Code', 'Issue type', 'What it means', 'What is kept'],
    Object.entries(errors).map(([code, { status, issue, text, park }]) => [
      String(status),
      `\`${code}\``,
      issue,
      text,
      park ? 'archived, parked' : 'counted, not stored',
    ]),
  )
