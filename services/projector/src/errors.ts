/**
 * The document store can never accept these documents: one is too large, or has a field name that
 * BSON cannot hold. Retrying does not help.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/**
 * A step without I/O failed: an event or a stored document is not as this release expects it.
 * Retrying does not help. Anything that I/O throws is waited for instead.
 */
export class DefectError extends Error {
  override readonly name = 'DefectError'
}

/** Whether an error is about the documents or events of a patient, and no retry helps. */
export const isAboutPatient = (cause: unknown): cause is RefusedError | DefectError =>
  cause instanceof RefusedError || cause instanceof DefectError

/**
 * The result of a step that does no I/O.
 *
 * @throws DefectError if it throws
 */
export const pure = <T>(step: () => T): T => {
  try {
    return step()
  } catch (cause) {
    if (isAboutPatient(cause)) throw cause
    throw new DefectError('a step without I/O failed', { cause })
  }
}
