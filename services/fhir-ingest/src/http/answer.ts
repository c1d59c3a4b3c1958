import type { Bundle, OperationOutcome } from '@medplum/fhirtypes'
import { operationOutcome } from '@tideway/fhir/operation-outcome'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { errors, type FhirErrorCode, type RequestFault } from '../errors.ts'
import { idOf } from '../normalise/answered-id.ts'
import type { NormalisedFhir } from '../normalise/normalised.ts'
import type { EntryMethod, Submission, SubmissionEntry } from '../normalise/open-submission.ts'
import { isRetraction } from '../retractions/retraction-request.ts'
import { outcomes, statusOf } from '../outcomes.ts'

export type Prefer = 'minimal' | 'representation' | 'OperationOutcome'

/** @see FHIR R4, RESTful API, return preference */
export const preferOf = (header: string | undefined): Prefer => {
  const wanted = /(?:^|[;,\s])return=(\w+)/i.exec(header ?? '')?.[1]
  return wanted === 'representation' || wanted === 'OperationOutcome' ? wanted : 'minimal'
}

export type FhirAnswer = { status: number; headers: Record<string, string>; body: object | null }

const style = {
  system: 'https://tideway.example/fhir/error-codes',
  issueOf: (code: FhirErrorCode) => errors[code].issue,
  severityOf: (code: FhirErrorCode) => (outcomes[code].park ? 'warning' : 'error'),
} as const

/** Every fault, or that the content is durable; then the elements that were not used. */
export const outcomeOf = (
  faults: readonly RequestFault[],
  unused: readonly string[] = [],
): OperationOutcome =>
  operationOutcome(
    faults,
    [
      ...(faults.length === 0 ? ['Accepted and durable.'] : []),
      ...(unused.length === 0 ? [] : [`Stored, but not used in the record: ${unused.join(', ')}.`]),
    ],
    style,
  )

/** Id of a resource in the answer. */
type IdFor = (entry: SubmissionEntry) => string

const location = (base: string, entry: SubmissionEntry, idFor: IdFor): string =>
  `${base}/${entry.resource?.type}/${idFor(entry)}`

/** @see FHIR R4, RESTful API, create, update, patch and delete */
const succeeded = { POST: 201, PUT: 200, PATCH: 200, DELETE: 204 } as const

const entryAnswer = (
  entry: SubmissionEntry,
  base: string,
  idFor: IdFor,
  { faults }: NormalisedFhir,
  prefer: Prefer,
) => {
  const wrong =
    entry.faults.length > 0 ? entry.faults : faults.filter(({ code }) => outcomes[code].park)
  const status = statusOf(wrong) ?? succeeded[entry.method]
  const outcome =
    wrong.length > 0 || prefer === 'OperationOutcome' ? { outcome: outcomeOf(wrong) } : {}
  return {
    ...(prefer === 'representation' && status < 300 && entry.resource !== null
      ? { resource: { ...entry.resource?.sent, id: idFor(entry) } }
      : {}),
    response: {
      status: String(status),
      ...(status < 300 && entry.resource !== null
        ? { location: location(base, entry, idFor) }
        : {}),
      ...outcome,
    },
  }
}

const ofRequests = (
  sent: Submission,
  normalised: NormalisedFhir,
  base: string,
  idFor: IdFor,
  prefer: Prefer,
): Bundle =>
  ({
    resourceType: 'Bundle',
    type: sent.isBatch ? 'batch-response' : 'transaction-response',
    entry: sent.entries.map((entry) => entryAnswer(entry, base, idFor, normalised, prefer)),
  }) as Bundle

/**
 * The answer to a DELETE or a PATCH by itself, which was received as a transaction of one entry: a
 * place in that is a place in the request.
 */
const ofRetraction = (
  faults: readonly RequestFault[],
  method: 'DELETE' | 'PATCH',
  prefer: Prefer,
): FhirAnswer => {
  const own = faults.map((one) => ({
    ...one,
    at: one.at?.replace(/^Bundle\.entry\[0\]\./, '') ?? null,
  }))
  const status = statusOf(faults) ?? succeeded[method]
  const isTold = own.length > 0 || (method === 'PATCH' && prefer !== 'minimal')
  return { status, headers: {}, body: isTold ? outcomeOf(own) : null }
}

/**
 * The answer to a request. It must be sent only when everything to be kept is durable; nothing of a
 * rejected request is kept.
 *
 * @param base  address of the interface, e.g. `/fhir`
 */
export const answerTo = (
  normalised: NormalisedFhir,
  method: EntryMethod,
  base: string,
  source: string,
  prefer: Prefer,
  publicIds: IdSeal,
): FhirAnswer => {
  const { sent, faults, unused, bytesId } = normalised
  const idFor: IdFor = (entry) => idOf(entry, { ods: source }, bytesId, publicIds)
  if (isRetraction(method)) return ofRetraction(faults, method, prefer)
  const status = statusOf(faults)
  if (sent === null || (status !== null && status >= 400))
    return { status: status ?? 500, headers: {}, body: outcomeOf(faults) }
  if (sent.isRequests)
    return { status: 200, headers: {}, body: ofRequests(sent, normalised, base, idFor, prefer) }
  const [entry] = sent.entries
  if (entry === undefined || sent.type.startsWith('Bundle'))
    return { status: status ?? 200, headers: {}, body: outcomeOf(faults, unused) }
  const headers = { location: location(base, { ...entry, method }, idFor) }
  const bodies = {
    minimal: status === null ? null : outcomeOf(faults),
    representation: { ...entry.resource?.sent, id: idFor({ ...entry, method }) },
    OperationOutcome: outcomeOf(faults, unused),
  }
  return { status: status ?? succeeded[method], headers, body: bodies[prefer] }
}
