/** Why a document was not read. */
export const xmlErrorCodes = ['NOT_WELL_FORMED', 'DOCTYPE', 'TOO_DEEP'] as const
export type XmlErrorCode = (typeof xmlErrorCodes)[number]

/** A document that is not read. Its text appears in no message; `cause` has the parser's. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly code: XmlErrorCode

  constructor(code: XmlErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
