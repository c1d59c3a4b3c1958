import { permits } from '@tideway/fhir/scopes'
import { fault, type RequestFault } from '../errors.ts'
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
  const isAddressed = isBundle ? request.type === null : request.type === sent.type
  if (!isAddressed || (request.onlyMessages && sent.type !== 'Bundle/message'))
    faults.push(fault('WRONG_TYPE', isBundle ? 'Bundle' : sent.type))
  if (request.id !== null && json['id'] !== request.id)
    faults.push(fault('WRONG_ID', `${sent.type}.id`))
  if (request.ifMatch !== null) faults.push(fault('VERSION_UNKNOWN', 'If-Match'))
  if (request.ifNoneExist !== null && !isOwnIdentifier(request.ifNoneExist, json))
    faults.push(fault('CONDITION_UNKNOWN', 'If-None-Exist'))
  return [...faults, ...scopeFaults(sent, client, request)]
}

/** Scopes belong to the client, so one entry out of scope rejects even a batch as a whole. */
const scopeFaults = (
  { entries, isRequests }: Submission,
  { scopes }: FhirClient,
  { method }: FhirRequest,
): RequestFault[] =>
  entries.flatMap((entry) => {
    const { resource } = entry
    const wanted = (isRequests ? entry.method : method) === 'PUT' ? 'u' : 'c'
    return resource === null || permits(scopes, resource.type, wanted)
      ? []
      : [fault('OUT_OF_SCOPE', resource.place)]
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
  }
}
