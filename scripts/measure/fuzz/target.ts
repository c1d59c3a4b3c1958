/** Something that takes bytes from anybody. One for each kind of input. */
export type FuzzTarget = {
  /** Messages that mutation begins from. */
  seeds: readonly Buffer[]
  /** What a mutated message may get put into it beside any byte. */
  tokens: readonly Buffer[]
  /**
   * Gives the bytes to the code under test.
   *
   * @returns the coded answer, for the summary
   * @throws Error if there was none, or a wrong one
   */
  check: (bytes: Buffer) => string
}

/** By name, as the command line has them. */
export type Targets = Record<string, () => Promise<FuzzTarget>>
