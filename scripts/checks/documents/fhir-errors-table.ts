import { table } from './table.ts'

type Meaning = { status: number; issue: string; text: string; park: boolean }

/** Answer and custody for each outcome of FHIR. */
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
