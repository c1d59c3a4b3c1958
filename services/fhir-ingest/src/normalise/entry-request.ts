import type { FhirObject } from '@tideway/fhir/parse-json'
import { fault, type RequestFault } from '../errors.ts'
import { retractionFaults } from '../retractions/retraction-request.ts'

/** Bundle.entry.request, not validated. */
export type EntryRequest = {
  method?: string
  url?: string
  ifMatch?: string
  ifNoneExist?: string
}

/**
 * Faults of the request of an entry of a transaction or batch.
 *
 * @see FHIR R4, Bundle.entry.request
 */
export const entryRequestFaults = (
  request: EntryRequest | undefined,
  resource: FhirObject | undefined,
  place: string,
): RequestFault[] => {
  const at = `${place}.request`
  if (typeof request !== 'object' || request === null) return [fault('MISSING_ELEMENT', at)]
  const retracting = retractionFaults(request, resource, place)
  if (retracting !== null) return retracting
  const { method, url = '' } = request
  const [, type, id] = /^([A-Z][A-Za-z]+)(?:\/([A-Za-z0-9.-]{1,64}))?$/.exec(url) ?? []
  if (!(method === 'POST' && id === undefined) && !(method === 'PUT' && id !== undefined))
    return [fault('UNSUPPORTED_METHOD', `${at}.method`)]
  if (type === undefined) return [fault('UNSUPPORTED_METHOD', `${at}.url`)]
  if (resource === undefined) return [fault('MISSING_ELEMENT', `${place}.resource`)]
  const faults: RequestFault[] = []
  if (resource['resourceType'] !== type) faults.push(fault('WRONG_TYPE', `${place}.resource`))
  if (method === 'PUT' && resource['id'] !== id)
    faults.push(fault('WRONG_ID', `${place}.resource.id`))
  if (request.ifMatch !== undefined) faults.push(fault('VERSION_UNKNOWN', `${at}.ifMatch`))
  if (!isSupported(request.ifNoneExist, resource))
    faults.push(fault('CONDITION_UNKNOWN', `${at}.ifNoneExist`))
  return faults
}

const isSupported = (condition: unknown, resource: FhirObject): boolean =>
  condition === undefined || (typeof condition === 'string' && isOwnIdentifier(condition, resource))

/**
 * Whether an If-None-Exist condition is an identifier of the resource itself. Such a create is
 * idempotent here, so the condition needs no search.
 */
export const isOwnIdentifier = (condition: string, resource: FhirObject): boolean => {
  const parameters = [...new URLSearchParams(condition.replace(/^.*\?/, ''))]
  const identifiers = [resource['identifier'] ?? []].flat() as ({
    system?: string
    value?: string
  } | null)[]
  const [name, value] = parameters[0] ?? []
  return (
    parameters.length === 1 &&
    name === 'identifier' &&
    identifiers.some(
      (one) => one?.value !== undefined && `${one.system ?? ''}|${one.value}` === value,
    )
  )
}
