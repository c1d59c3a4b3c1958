import { errors, type FhirErrorCode, type RequestFault } from './errors.ts'

/** What a failure means for custody. */
export type FhirOutcome = {
  /** HTTP status: 2xx: durable here; 4xx: never accepted as it is; 429 and 5xx: send it again. */
  status: number
  /** Whether the message is stored although not mapped, and parked. */
  park: boolean
}

const refused = (status: number): FhirOutcome => ({ status, park: false })
const parked: FhirOutcome = { status: 202, park: true }

/** HTTP status and custody of each failure. A new code without a row does not compile. */
export const outcomes: Record<FhirErrorCode, FhirOutcome> = {
  NOT_JSON: refused(400),
  DUPLICATE_MEMBER: refused(400),
  NOT_XML: refused(400),
  XML_FORBIDDEN: refused(400),
  TOO_DEEP: refused(400),
  UNKNOWN_RESOURCE: refused(400),
  WRONG_TYPE: refused(400),
  WRONG_ID: refused(400),
  INVALID_REQUEST: refused(400),
  MALFORMED_REQUEST: refused(400),
  REQUEST_TIMEOUT: refused(408),
  ADDRESS_TOO_LONG: refused(414),
  EXPECTATION_FAILED: refused(417),
  HEADERS_TOO_LARGE: refused(431),
  UNSUPPORTED_BUNDLE: refused(422),
  UNSUPPORTED_METHOD: refused(422),
  UNSUPPORTED_PATCH: refused(422),
  CONDITION_IN_ADDRESS: refused(422),
  INVALID_STRUCTURE: refused(422),
  INVALID_VALUE: refused(422),
  MISSING_ELEMENT: refused(422),
  INVARIANT: refused(422),
  MISSING_SUBJECT: refused(422),
  DANGLING_REFERENCE: refused(422),
  FAULTY_REFERENCE: refused(422),
  UNKNOWN_PATIENT: refused(422),
  SEVERAL_PATIENTS: refused(422),
  DUPLICATE_ENTRY: refused(422),
  UNAUTHENTICATED: refused(401),
  INVALID_TOKEN: refused(401),
  TOKEN_EXPIRED: refused(401),
  UNKNOWN_CLIENT: refused(403),
  OUT_OF_SCOPE: refused(403),
  OTHER_ORGANISATION: refused(403),
  NO_SUCH_ROUTE: refused(404),
  NO_SUCH_RESOURCE: refused(404),
  METHOD_NOT_ALLOWED: refused(405),
  NOT_ACCEPTABLE: refused(406),
  CONDITION_UNKNOWN: refused(412),
  VERSION_UNKNOWN: refused(412),
  TOO_LARGE: refused(413),
  TOO_MANY_ENTRIES: refused(413),
  UNSUPPORTED_MEDIA_TYPE: refused(415),
  TOO_MANY_REQUESTS: refused(429),
  UNSUPPORTED_TYPE: parked, // a later release may map it
  UNRESOLVED_REFERENCE: parked,
  REFERENCE_GIVEN_UP: parked,
  UNKNOWN_MODIFIER: parked,
  UNEXPECTED: parked, // a defect of this service: the message is kept
  FAILED: refused(500),
  BUSY: refused(503),
  ISSUER_UNAVAILABLE: refused(503),
  LOG_UNAVAILABLE: refused(503),
  STORE_UNAVAILABLE: refused(503),
}

/** Whether a message with this code is parked. */
export const isParked = (code: string): boolean => outcomes[code as FhirErrorCode].park

/** HTTP status of a request with these faults: the highest; null if there are none. */
export const statusOf = (faults: readonly RequestFault[]): number | null =>
  faults.length === 0 ? null : Math.max(...faults.map(({ code }) => outcomes[code].status))

/** Each error with its outcome, as the operators' table and the OpenAPI document show it. */
export const describedErrors: Record<FhirErrorCode, FhirOutcome & { issue: string; text: string }> =
  Object.fromEntries(
    Object.entries(outcomes).map(([code, outcome]) => [
      code,
      { ...outcome, ...errors[code as FhirErrorCode] },
    ]),
  ) as never
