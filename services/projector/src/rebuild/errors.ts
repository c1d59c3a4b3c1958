/** A rebuild cannot go on; the message says what to do. The live generation is unchanged. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError'
}
