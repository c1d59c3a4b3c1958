import { table } from './table.ts'

/** Errors of record-api and what the caller can do about them. */
export const apiErrorsTable = (
  errors: Readonly<Record<string, { status: number; title: string; detail: string }>>,
): string =>
  table(
    ['Status', 'Code', 'What it means', 'What to do'],
    Object.entries(errors).map(([code, { status, title, detail }]) => [
      String(status),
      `\`${code}\``,
      title,
      detail,
    ]),
  )
