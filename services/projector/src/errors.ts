/**
 * The document store can never accept these documents: one is too large, or has a field name that
 * BSON cannot hold. Retrying does not help.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}
