export type Column = { name: string; right?: boolean }

const cell = (text: string, width: number, right: boolean) =>
  right ? text.padStart(width) : text.padEnd(width)

/** A text table with a rule below its header. Columns are as wide as their longest cell. */
export const textTable = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string => {
  const widths = columns.map(({ name }, index) =>
    Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `  ${columns.map(({ right }, index) => cell(cells[index] ?? '', widths[index] as number, right === true)).join('  ')}`.trimEnd()
  return [
    line(columns.map(({ name }) => name)),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map(line),
  ].join('\n')
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar of at most `width` characters in steps of an eighth; a positive value is never empty. */
export const barOf = (value: number, most: number, width: number): string => {
  if (value <= 0 || most <= 0) return ''
  const parts = Math.max(1, Math.round((value / most) * width * 8))
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] as string)
}
