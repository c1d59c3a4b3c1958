import { table } from './table.ts'

/** Reasons for which the projector holds events. */
export const holdsTable = (
  codes: Readonly<Record<string, { means: string; action: string }>>,
): string =>
  table(
    ['Code', 'What it means', 'What to do'],
    Object.entries(codes).map(([code, { means, action }]) => [`\`${code}\``, means, action]),
  )
