/** Code that accepts bytes from outside; one target for each kind of input. */
export type FuzzTarget = {
  /** Messages to mutate. */
  seeds: readonly Buffer[]
  /** Pieces that may be inserted, besides single bytes. */
  tokens: readonly Buffer[]
  /**
   * Runs the code under test on the bytes.
   *
   * @returns the coded answer
   * @throws Error if there is none, or a wrong one
   */
  check: (bytes: Buffer) => string
}

/** Targets by the name on the command line. */
export type Targets = Record<string, () => Promise<FuzzTarget>>
