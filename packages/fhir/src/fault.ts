type Meaning = {
  /** HTTP status of a request that fails so. */
  status: number
  /** OperationOutcome.issue.code, value set issue-type. */
  issue: string
  /** What the sender can do about it; never repeats what was sent. */
  text: string
  /**
   * The message is kept although it could not be mapped: the answer is 2xx, and it waits for
   * someone.
   */
  park: boolean
}

const refused = (status: number, issue: string, text: string): Meaning => ({
  status,
  issue,
  text,
  park: false,
})
const kept = (issue: string, text: string): Meaning => ({ status: 202, issue, text, park: true })

/**
 * Every way a request can fail. 2xx: Tideway has it. 4xx: it will never take this as it is. 429 and
 * 5xx: it does not have it; send it again.
 *
 * @see FHIR R4, value set issue-type
 */
export const errors = {
  NOT_JSON: refused(400, 'structure', 'The body is not JSON in UTF-8.'),
  NOT_XML: refused(400, 'structure', 'The body is not XML of the FHIR namespace.'),
  XML_FORBIDDEN: refused(
    400,
    'security',
    'A document type declaration, and with it every entity of one, is not taken.',
  ),
  TOO_DEEP: refused(400, 'structure', 'Elements lie in each other deeper than 64 levels.'),
  UNKNOWN_RESOURCE: refused(400, 'structure', 'resourceType is no resource of R4.'),
  WRONG_TYPE: refused(
    400,
    'invalid',
    'The resource is not of the type that the address or the entry names.',
  ),
  WRONG_ID: refused(
    400,
    'invalid',
    'The id of the resource is not the id that the address or the entry names.',
  ),
  UNSUPPORTED_BUNDLE: refused(
    422,
    'not-supported',
    'Bundles taken are transaction, batch, message, document and collection.',
  ),
  UNSUPPORTED_METHOD: refused(
    422,
    'not-supported',
    'An entry may create (POST) or update (PUT) a resource, by its type or its type and id.',
  ),
  INVALID_STRUCTURE: refused(422, 'structure', 'Not as R4 defines the element.'),
  INVALID_VALUE: refused(422, 'value', 'Not a value of the element.'),
  MISSING_ELEMENT: refused(422, 'required', 'The element is required.'),
  INVARIANT: refused(422, 'invariant', 'An invariant of R4 does not hold.'),
  MISSING_SUBJECT: refused(422, 'required', 'Nothing says which patient this is about.'),
  DANGLING_REFERENCE: refused(
    422,
    'not-found',
    'The reference leads to nothing in what was sent, and names nobody by an identifier.',
  ),
  FAULTY_REFERENCE: refused(
    422,
    'processing',
    'A reference leads to another entry that has faults, so that nothing can be taken from it.',
  ),
  UNKNOWN_PATIENT: refused(
    422,
    'business-rule',
    'The patient has no identifier of a system by which this client may name patients.',
  ),
  SEVERAL_PATIENTS: refused(422, 'multiple-matches', 'The identifiers name two people.'),
  DUPLICATE_ENTRY: refused(
    422,
    'duplicate',
    'Another entry is the same thing by its identifier or address.',
  ),
  UNAUTHENTICATED: refused(401, 'login', 'Send a bearer token of the issuer.'),
  INVALID_TOKEN: refused(
    401,
    'security',
    'The token must be signed by the issuer and be meant for this service.',
  ),
  TOKEN_EXPIRED: refused(401, 'expired', 'Ask the issuer for a new token.'),
  UNKNOWN_CLIENT: refused(403, 'forbidden', 'No source file names this client.'),
  OUT_OF_SCOPE: refused(403, 'forbidden', 'The scopes of the token do not permit this.'),
  OTHER_ORGANISATION: refused(
    403,
    'forbidden',
    'The identifier is of another organisation, for which this client may not speak.',
  ),
  NO_SUCH_ROUTE: refused(404, 'not-found', 'See GET /fhir/metadata.'),
  METHOD_NOT_ALLOWED: refused(405, 'not-supported', 'See the Allow header.'),
  NOT_ACCEPTABLE: refused(
    406,
    'not-supported',
    'Answers are application/fhir+json or application/fhir+xml.',
  ),
  CONDITION_UNKNOWN: refused(
    412,
    'conflict',
    'If-None-Exist must be identifier=system|value, with an identifier of the resource itself; nothing else can be answered here.',
  ),
  VERSION_UNKNOWN: refused(
    412,
    'conflict',
    'No versions of resources are kept here, so that none can match If-Match; statements are ordered by when they were made.',
  ),
  TOO_LARGE: refused(413, 'too-long', 'The body, unpacked, is larger than this service takes.'),
  TOO_MANY_ENTRIES: refused(
    413,
    'too-costly',
    'The Bundle has more entries, or a resource more contained in it or places of a visit, than this service takes at once.',
  ),
  UNSUPPORTED_MEDIA_TYPE: refused(
    415,
    'not-supported',
    'Send application/fhir+json or application/fhir+xml in UTF-8, plain or gzip.',
  ),
  TOO_MANY_REQUESTS: refused(429, 'throttled', 'Send it again after Retry-After.'),
  UNSUPPORTED_TYPE: kept(
    'not-supported',
    'Kept, and not understood yet: it waits for a release that does.',
  ),
  UNKNOWN_MODIFIER: kept(
    'not-supported',
    'Kept, and not shown: a modifier that is not understood yet changes what the resource says.',
  ),
  UNEXPECTED: kept('exception', 'Kept, and a defect of this service: it waits for its repair.'),
  FAILED: refused(500, 'exception', 'A defect of this service; it does not have the message.'),
  BUSY: refused(503, 'transient', 'Too much is under way; send it again after Retry-After.'),
  ISSUER_UNAVAILABLE: refused(503, 'transient', 'The token cannot be checked now; send it again.'),
  LOG_UNAVAILABLE: refused(503, 'transient', 'It is not durable; send it again.'),
  STORE_UNAVAILABLE: refused(503, 'transient', 'It is not durable; send it again.'),
} as const satisfies Record<string, Meaning>

export type FhirErrorCode = keyof typeof errors

/**
 * One fault of what was sent: where, as a FHIRPath expression or a part of the request, and what;
 * never a value.
 */
export type FhirFault = { code: FhirErrorCode; at: string | null; text: string }

/** A place as FHIRPath writes one; the names in it may be the sender's, and so anything at all. */
const place = /^[\w.[\]():$-]{0,200}/

const namedPlace = (at: string): string => {
  const named = place.exec(at)?.[0] ?? ''
  return named.length === at.length
    ? at
    : named.slice(0, Math.max(named.lastIndexOf('.'), 0)) || 'body'
}

export const fault = (
  code: FhirErrorCode,
  at: string | null,
  text: string = errors[code].text,
): FhirFault => ({ code, at: at === null ? null : namedPlace(at), text })

/** One or more faults that end what is being done. */
export class FhirError extends Error {
  override readonly name = 'FhirError'
  readonly faults: readonly FhirFault[]

  constructor(faults: readonly FhirFault[], options?: ErrorOptions) {
    super(faults.map(({ code, at }) => `${code} at ${at ?? 'request'}`).join(', '), options)
    this.faults = faults
  }
}

export const fhirError = (
  code: FhirErrorCode,
  at: string | null = null,
  options?: ErrorOptions,
): FhirError => new FhirError([fault(code, at)], options)

/** Whether a message with this code waits for someone. */
export const waits = (code: string): boolean => errors[code as FhirErrorCode].park
