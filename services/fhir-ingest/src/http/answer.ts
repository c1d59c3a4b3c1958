import type { Bundle, OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { publicId } from '@tideway/schemas/public-id'
import type { SubmissionEntry, Submission } from '../normalise/open-submission.ts'
import { errors, type FhirFault } from '@tideway/fhir/fault'
import type { NormalisedFhir } from '../normalise/normalise.ts'

export type Prefer = 'minimal' | 'representation' | 'OperationOutcome'

/** @see FHIR R4, RESTful API, return preference */
export const preferOf = (header: string | undefined): Prefer => {
  const wanted = /(?:^|[;,\s])return=(\w+)/i.exec(header ?? '')?.[1]
  return wanted === 'representation' || wanted === 'OperationOutcome' ? wanted : 'minimal'
}

export type FhirAnswer = { status: number; headers: Record<string, string>; body: object | null }

const issueOf = ({ code, at, text }: FhirFault): OperationOutcomeIssue => ({
  severity: errors[code].park ? 'warning' : 'error',
  code: errors[code].issue as OperationOutcomeIssue['code'],
  details: { coding: [{ system: 'https://tideway.example/fhir/error-codes', code }] },
  diagnostics: text,
  ...(at === null ? {} : { expression: [at] }),
})

const information = (diagnostics: string): OperationOutcomeIssue => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
})

/**
 * Faults that one outcome tells: whoever mends a hundred sees the rest then. What is answered never
 * grows with the mistakes in what was sent.
 */
const mostFaults = 100

/** Every fault at once, each with its place; none: that all was well, and what was not used. */
export const outcomeOf = (
  faults: readonly FhirFault[],
  unused: readonly string[] = [],
): OperationOutcome => {
  const notes =
    unused.length === 0
      ? []
      : [information(`Kept, and not used in the record: ${unused.join(', ')}.`)]
  const more =
    faults.length > mostFaults ? [information(`And ${faults.length - mostFaults} more.`)] : []
  return {
    resourceType: 'OperationOutcome',
    issue: [
      ...faults.slice(0, mostFaults).map(issueOf),
      ...more,
      ...(faults.length === 0 ? [information('It is durable here.')] : []),
      ...notes,
    ],
  }
}

/** Status of a request with these faults: of several the one that weighs most. Null: none. */
export const statusOf = (faults: readonly FhirFault[]): number | null =>
  faults.length === 0 ? null : Math.max(...faults.map(({ code }) => errors[code].status))

/**
 * A resource that is updated keeps the id its sender gave it; one that is created gets the same id
 * each time it is sent.
 */
const idOf = ({ resource, method }: SubmissionEntry, source: string, bytesId: string): string => {
  const json = resource?.sent ?? {}
  if (method === 'PUT') return String(json['id'])
  const [identifier] = [json['identifier'] ?? []].flat() as { system?: string; value?: string }[]
  const key =
    identifier?.value === undefined
      ? (json['id'] ?? resource?.fullUrl ?? `${bytesId}${resource?.place}`)
      : `${identifier.system ?? ''}|${identifier.value}`
  return publicId(`${source}|${resource?.type}|${key}`).replaceAll('_', '.')
}

const location = (base: string, entry: SubmissionEntry, source: string, bytesId: string): string =>
  `${base}/${entry.resource?.type}/${idOf(entry, source, bytesId)}`

const entryAnswer = (
  entry: SubmissionEntry,
  base: string,
  source: string,
  { bytesId, faults }: NormalisedFhir,
  prefer: Prefer,
) => {
  const wrong =
    entry.faults.length > 0 ? entry.faults : faults.filter(({ code }) => errors[code].park)
  const status = statusOf(wrong) ?? (entry.method === 'PUT' ? 200 : 201)
  const outcome =
    wrong.length > 0 || prefer === 'OperationOutcome' ? { outcome: outcomeOf(wrong) } : {}
  return {
    ...(prefer === 'representation' && status < 300
      ? { resource: { ...entry.resource?.sent, id: idOf(entry, source, bytesId) } }
      : {}),
    response: {
      status: String(status),
      ...(status < 300 ? { location: location(base, entry, source, bytesId) } : {}),
      ...outcome,
    },
  }
}

const ofRequests = (
  sent: Submission,
  normalised: NormalisedFhir,
  base: string,
  source: string,
  prefer: Prefer,
): Bundle =>
  ({
    resourceType: 'Bundle',
    type: sent.isBatch ? 'batch-response' : 'transaction-response',
    entry: sent.entries.map((entry) => entryAnswer(entry, base, source, normalised, prefer)),
  }) as Bundle

/**
 * What a sender is told once everything that is kept is durable; a refusal is told without.
 *
 * @param base  address of the interface, `/fhir`
 */
export const answerTo = (
  normalised: NormalisedFhir,
  method: 'POST' | 'PUT',
  base: string,
  source: string,
  prefer: Prefer,
): FhirAnswer => {
  const { sent, faults, unused, bytesId } = normalised
  const status = statusOf(faults)
  if (sent === null || (status !== null && status >= 400))
    return { status: status ?? 500, headers: {}, body: outcomeOf(faults) }
  if (sent.isRequests)
    return { status: 200, headers: {}, body: ofRequests(sent, normalised, base, source, prefer) }
  const [entry] = sent.entries
  if (entry === undefined || sent.type.startsWith('Bundle'))
    return { status: status ?? 200, headers: {}, body: outcomeOf(faults, unused) }
  const headers = { location: location(base, { ...entry, method }, source, bytesId) }
  const bodies = {
    minimal: status === null ? null : outcomeOf(faults),
    representation: { ...entry.resource?.sent, id: idOf({ ...entry, method }, source, bytesId) },
    OperationOutcome: outcomeOf(faults, unused),
  }
  return { status: status ?? (method === 'PUT' ? 200 : 201), headers, body: bodies[prefer] }
}
