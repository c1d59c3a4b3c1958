/**
 * The document store will never take these documents, however often they are sent: too large, or
 * with a name it cannot hold.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}
