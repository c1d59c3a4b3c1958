import { permits } from '@tideway/fhir/scopes'
import { fault, type RequestFault } from '../errors.ts'
import { isRetraction } from '../retractions/retraction-request.ts'
import { isOwnIdentifier } from '../normalise/entry-request.ts'
import type { NormalisedFhir } from '../normalise/normalised.ts'
import type { Submission } from '../normalise/open-submission.ts'
import type { FhirClient } from './fhir-client.ts'
import type { FhirRequest } from './fhir-request.ts'

/** Faults of the request rather than of its content: address, conditions and scopes. */
export const requestFaults = (
  sent: Submission | null,
  client: FhirClient,
  request: FhirRequest,
): RequestFault[] => {
  if (sent === null) return []
  const json = sent.entries[0]?.resource?.sent ?? {}
  const faults: RequestFault[] = []
  const isBundle = sent.type.startsWith('Bundle')
  if (isRetraction(request.method))
    return [...versionFaults(request), ...scopeFaults(sent, client, request)]
  const isAddressed = isBundle ? request.type === null : request.type === sent.type
  if (!isAddressed || (request.onlyMessages && sent.type !== 'Bundle/message'))
    faults.push(fault('WRONG_TYPE', isBundle ? 'Bundle' : sent.type))
  if (request.id !== null && json['id'] !== request.id)
    faults.push(fault('WRONG_ID', `${sent.type}.id`))
  faults.push(...versionFaults(request))
  if (request.ifNoneExist !== null && !isOwnIdentifier(request.ifNoneExist, json))
    faults.push(fault('CONDITION_UNKNOWN', 'If-None-Exist'))
  return [...faults, ...scopeFaults(sent, client, request)]
}

const versionFaults = ({ ifMatch }: FhirRequest): RequestFault[] =>
  ifMatch === null ? [] : [fault('VERSION_UNKNOWN', 'If-Match')]

const actions = { POST: 'c', PUT: 'u', PATCH: 'u', DELETE: 'd' } as const

/** Scopes belong to the client, so one entry out of scope rejects even a batch as a whole. */
const scopeFaults = (
  { entries, isRequests }: Submission,
  { scopes }: FhirClient,
  { method }: FhirRequest,
): RequestFault[] =>
  entries.flatMap((entry) => {
    const { resource, retraction } = entry
    const type = resource?.type ?? retraction?.target.type ?? null
    const wanted = actions[isRequests ? entry.method : method]
    return type === null || permits(scopes, type, wanted)
      ? []
      : [fault('OUT_OF_SCOPE', resource?.place ?? retraction?.place ?? null)]
  })

/** The same message, rejected as a whole if there are any faults. */
export const refusedFor = (
  faults: readonly RequestFault[],
  normalised: NormalisedFhir,
): NormalisedFhir => {
  const [first] = faults
  if (first === undefined) return normalised
  return {
    ...normalised,
    faults: [...faults, ...normalised.faults],
    problem: { code: first.code, place: first.at ?? 'request' },
    events: [],
    attachments: [],
    stated: [],
    numbers: [],
  }
}
