import { table } from './table.ts'

/** Why events wait that were on the log and could not be applied. */
export const holdsTable = (
  codes: Readonly<Record<string, { means: string; action: string }>>,
): string =>
  table(
    ['Code', 'What it means', 'What to do'],
    Object.entries(codes).map(([code, { means, action }]) => [`\`${code}\``, means, action]),
  )
