/** Prints a line for the user, with the seconds since the start. */
export type Say = (line: string) => void

export const sayer = (): Say => {
  const began = performance.now()
  return (line) =>
    process.stdout.write(
      `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}\n`,
    )
}
