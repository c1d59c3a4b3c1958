import { type EarlyFault, earlyFaults } from '@tideway/http/early-answers'
import {
  type FaultMeaning,
  FhirError,
  type FhirFault,
  faultAt,
  r4Faults,
} from '@tideway/fhir/fault'

const early = (issue: FaultMeaning['issue'], fault: EarlyFault): FaultMeaning => ({
  issue,
  text: `${earlyFaults[fault].title}. ${earlyFaults[fault].detail}`,
})

/**
 * Every way in which a request can fail: the faults of R4, and those of this interface. What each
 * means for the sender is in `outcomes.ts`.
 *
 * @see FHIR R4, value set issue-type
 */
export const errors = {
  ...r4Faults,
  WRONG_TYPE: {
    issue: 'invalid',
    text: 'The resource type is not the one in the address or in the request of the entry.',
  },
  WRONG_ID: {
    issue: 'invalid',
    text: 'The resource id is not the one in the address or in the request of the entry.',
  },
  INVALID_REQUEST: { issue: 'invalid', text: 'The parameter or header is not valid.' },
  MALFORMED_REQUEST: early('structure', 'MALFORMED_REQUEST'),
  REQUEST_TIMEOUT: early('timeout', 'REQUEST_TIMEOUT'),
  ADDRESS_TOO_LONG: early('too-long', 'ADDRESS_TOO_LONG'),
  EXPECTATION_FAILED: early('not-supported', 'EXPECTATION_FAILED'),
  HEADERS_TOO_LARGE: early('too-long', 'HEADERS_TOO_LARGE'),
  UNSUPPORTED_BUNDLE: {
    issue: 'not-supported',
    text: 'Accepted Bundle types are transaction, batch, message, document and collection.',
  },
  UNSUPPORTED_METHOD: {
    issue: 'not-supported',
    text: 'An entry creates (POST, by type), updates (PUT, by type and id), deletes or patches (by type and id, or a condition) a resource of a mapped type.',
  },
  UNSUPPORTED_PATCH: {
    issue: 'not-supported',
    text: 'Resources are not kept, so a patch can only set the status of one to entered-in-error; send any other change as an update (PUT) of the whole resource.',
  },
  NO_SUCH_RESOURCE: {
    issue: 'not-found',
    text: 'This client has sent no resource of this type and id.',
  },
  MISSING_SUBJECT: {
    issue: 'required',
    text: 'The resource does not say which patient it is about.',
  },
  DANGLING_REFERENCE: {
    issue: 'not-found',
    text: 'The reference does not resolve within the request, has no identifier, and nothing sent later can be meant.',
  },
  FAULTY_REFERENCE: {
    issue: 'processing',
    text: 'The reference resolves to an entry that has faults.',
  },
  UNKNOWN_PATIENT: {
    issue: 'business-rule',
    text: 'The patient has no identifier of a system by which this client may identify patients.',
  },
  SEVERAL_PATIENTS: { issue: 'multiple-matches', text: 'More than one patient is identified.' },
  DUPLICATE_ENTRY: {
    issue: 'duplicate',
    text: 'Another entry has the same identifier or the same address.',
  },
  UNAUTHENTICATED: { issue: 'login', text: 'Send a bearer token of the issuer.' },
  INVALID_TOKEN: {
    issue: 'security',
    text: 'The token must be signed by the issuer and have the audience of this service.',
  },
  TOKEN_EXPIRED: { issue: 'expired', text: 'The token has expired; request a new one.' },
  UNKNOWN_CLIENT: { issue: 'forbidden', text: 'No source is configured for this client.' },
  OUT_OF_SCOPE: { issue: 'forbidden', text: 'The scopes of the token do not permit this.' },
  OTHER_ORGANISATION: {
    issue: 'forbidden',
    text: 'The identifier belongs to another organisation, for which this client may not send.',
  },
  NO_SUCH_ROUTE: { issue: 'not-found', text: 'No such address; see GET /fhir/metadata.' },
  METHOD_NOT_ALLOWED: {
    issue: 'not-supported',
    text: 'The address does not support this method; see the Allow header.',
  },
  NOT_ACCEPTABLE: {
    issue: 'not-supported',
    text: 'Answers are application/fhir+json or application/fhir+xml.',
  },
  CONDITION_UNKNOWN: {
    issue: 'conflict',
    text: 'A condition must be identifier=system|value: in If-None-Exist an identifier of the resource itself; to delete or patch with patient.identifier=system|value, and the code of a DiagnosticReport. No other condition is supported.',
  },
  CONDITION_IN_ADDRESS: {
    issue: 'not-supported',
    text: 'Addresses are logged on the way and must name no patient: send a conditional delete or patch as an entry of a Bundle.',
  },
  VERSION_UNKNOWN: {
    issue: 'conflict',
    text: 'If-Match is not supported: versions of resources are not kept, and statements are ordered by when they were made.',
  },
  TOO_LARGE: { issue: 'too-long', text: 'The uncompressed body is over the size limit.' },
  TOO_MANY_ENTRIES: {
    issue: 'too-costly',
    text: 'The Bundle has too many entries, or a resource too many contained resources or locations.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    issue: 'not-supported',
    text: 'Send application/fhir+json or application/fhir+xml of R4 (fhirVersion 4.0) in UTF-8, plain or gzip.',
  },
  TOO_MANY_REQUESTS: {
    issue: 'throttled',
    text: 'The rate limit is exceeded; send it again after Retry-After.',
  },
  UNSUPPORTED_TYPE: {
    issue: 'not-supported',
    text: 'Stored, but this release does not map it to the record; it is parked.',
  },
  UNRESOLVED_REFERENCE: {
    issue: 'not-found',
    text: 'Stored; it refers to a resource that this client has not sent yet, and is applied when that comes.',
  },
  REFERENCE_GIVEN_UP: {
    issue: 'not-found',
    text: 'Stored, but not applied: the resource that it refers to did not come in time; it is parked.',
  },
  UNKNOWN_MODIFIER: {
    issue: 'not-supported',
    text: 'Stored, but not shown in the record: an unsupported modifier changes what the resource means.',
  },
  UNEXPECTED: {
    issue: 'exception',
    text: 'Stored, but a defect of this service stopped its mapping; it is parked.',
  },
  FAILED: { issue: 'exception', text: 'Internal error; nothing was stored.' },
  BUSY: {
    issue: 'transient',
    text: 'Too many requests are in progress; send it again after Retry-After.',
  },
  ISSUER_UNAVAILABLE: {
    issue: 'transient',
    text: 'The token cannot be checked at present; send it again.',
  },
  LOG_UNAVAILABLE: { issue: 'transient', text: 'It is not durable; send it again.' },
  STORE_UNAVAILABLE: { issue: 'transient', text: 'It is not durable; send it again.' },
} as const satisfies Record<string, FaultMeaning>

export type FhirErrorCode = keyof typeof errors

/** A fault of a request, in its content or in the request itself. */
export type RequestFault = FhirFault<FhirErrorCode>

/** Faults that stop the processing of a request. */
export type RequestError = FhirError<FhirErrorCode>

export const fault = (
  code: FhirErrorCode,
  at: string | null,
  text: string = errors[code].text,
): RequestFault => faultAt(code, at, text)

export const fhirError = (
  code: FhirErrorCode,
  at: string | null = null,
  options?: ErrorOptions,
): RequestError => new FhirError([fault(code, at)], options)
