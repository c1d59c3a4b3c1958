/**
 * Every error this service answers with. README.md's table and the page `/problems` are made from
 * this table.
 *
 * `detail` is what the caller can do about it; it never repeats what was sent.
 */
export const errors = {
  INVALID_REQUEST: {
    status: 400,
    title: 'The request is not valid',
    detail: 'See `errors` for each field and why.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A bearer token is needed',
    detail: 'Send `Authorization: Bearer <token>` with a token of the issuer.',
  },
  INVALID_TOKEN: {
    status: 401,
    title: 'The token is not accepted',
    detail: 'It must be signed by the issuer and be meant for this service.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    title: 'The token has expired',
    detail: 'Ask the issuer for a new one.',
  },
  NOT_PERMITTED: {
    status: 403,
    title: 'The role does not permit this',
    detail: 'The token is good; its `role` and `organisation` do not reach what was asked.',
  },
  NOT_YOUR_SOURCE: {
    status: 403,
    title: 'Only messages of the own organisation',
    detail: 'A system sees what its own organisation sent; leave `source` out or name it.',
  },
  NO_SUCH_ROUTE: { status: 404, title: 'There is nothing at this address', detail: 'See /docs.' },
  NO_SUCH_PATIENT: {
    status: 404,
    title: 'No such patient',
    detail: 'Ids come from POST /api/patients/search.',
  },
  NO_SUCH_ENTRY: {
    status: 404,
    title: 'No such entry',
    detail: 'The record of this patient holds no entry of that id.',
  },
  NO_SUCH_FIELD: {
    status: 404,
    title: 'No such field',
    detail: 'The entry shows no value there that came from a message.',
  },
  NO_SUCH_MESSAGE: {
    status: 404,
    title: 'No such message',
    detail: 'The ledger holds no message of that id that this caller may see.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The address takes another method',
    detail: 'See the Allow header.',
  },
  WITHDRAWN: {
    status: 410,
    title: 'The value was withdrawn',
    detail: 'Its sender took it back, so its text is not shown: it may be about somebody else.',
  },
  TOO_LARGE: { status: 413, title: 'The body is too large', detail: 'A request is at most 16 KB.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body is not JSON',
    detail: 'Send `Content-Type: application/json`.',
  },
  UNEXPECTED: {
    status: 500,
    title: 'A defect of this service',
    detail: 'It is logged; nothing was changed.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'The record store does not answer',
    detail: 'Nothing can be said about the record now; try again.',
  },
  ARCHIVE_PENDING: {
    status: 503,
    title: 'The message is not archived yet',
    detail: 'It is in the log and reaches the archive within seconds; try again.',
  },
  ARCHIVE_UNAVAILABLE: {
    status: 503,
    title: 'The archive does not answer',
    detail: 'The text of the message cannot be read now; try again.',
  },
  ISSUER_UNAVAILABLE: {
    status: 503,
    title: 'The issuer does not answer',
    detail: 'The token cannot be checked now; try again.',
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>

export type ErrorCode = keyof typeof errors

/** A field of the request and what is wrong with it; never its value. */
export type FieldProblem = { field: string; reason: string }

/** A refusal with its code; the server turns it into a problem document. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly fields: readonly FieldProblem[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ErrorCode,
    {
      fields = [],
      headers = {},
      cause,
    }: { fields?: readonly FieldProblem[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(code, { cause })
    this.code = code
    this.fields = fields
    this.headers = headers
  }
}

export const invalidRequest = (...fields: FieldProblem[]) =>
  new ApiError('INVALID_REQUEST', { fields })

/**
 * The body of a refusal.
 *
 * @see RFC 9457 Problem Details for HTTP APIs
 */
export const problemOf = (error: ApiError) => ({
  type: `/problems#${error.code}`,
  title: errors[error.code].title,
  status: errors[error.code].status,
  detail: errors[error.code].detail,
  code: error.code,
  ...(error.fields.length > 0 ? { errors: error.fields } : {}),
})
