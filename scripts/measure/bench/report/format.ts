/** A number in British notation; a dash where it was not measured. */
export const number = (value: number | null | undefined, digits = 0) =>
  value == null || Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en-GB', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })

/** A column of numbers. */
export const right = (name: string) => ({ name, right: true })

/** CPU time by process, largest first; what is under 5 µs is left out. */
export const micros = (cpu: Record<string, number>): string =>
  Object.entries(cpu)
    .filter(([, value]) => value >= 5)
    .sort((a, b) => b[1] - a[1])
    .map(([name, value]) => `${name} ${Math.round(value)}`)
    .join(', ')
