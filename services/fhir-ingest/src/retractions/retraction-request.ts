import type { FhirObject } from '@tideway/fhir/parse-json'
import { fault, type RequestFault } from '../errors.ts'
import { isRetractingPatch } from './retracting-patch.ts'
import { retractionOf } from './retraction-events.ts'
import { type RetractionTarget, targetIn } from './target.ts'

/** Bundle.entry.request, not validated. */
type Request = { method?: string; url?: string; ifMatch?: string }

/** A request to retract: what it is about, and its place in the submission. */
export type RetractionRequest = { target: RetractionTarget; place: string }

/** Whether a method retracts a resource, or changes one that is not kept. */
export const isRetraction = (method: unknown): method is 'DELETE' | 'PATCH' =>
  method === 'DELETE' || method === 'PATCH'

/** The request of an entry if it is a DELETE or a PATCH; null if not, or if it has no target. */
export const retractionRequestIn = (
  request: Request | undefined,
  place: string,
): RetractionRequest | null => {
  const target = isRetraction(request?.method) ? targetIn(request?.url ?? '') : null
  return target === null ? null : { target, place: `${place}.request` }
}

/** Faults of a DELETE or a PATCH, see `isRetractingPatch`; null for any other method. */
export const retractionFaults = (
  request: Request,
  patch: FhirObject | undefined,
  place: string,
): RequestFault[] | null => {
  if (!isRetraction(request.method)) return null
  const target = targetIn(request.url ?? '')
  const retraction = target === null ? null : retractionOf(target.type)
  if (target === null || retraction === null)
    return [fault('UNSUPPORTED_METHOD', `${place}.request.url`)]
  const faults: RequestFault[] = []
  if (request.ifMatch !== undefined)
    faults.push(fault('VERSION_UNKNOWN', `${place}.request.ifMatch`))
  if (request.method === 'DELETE') return faults
  const { element } = retraction
  if (patch === undefined) faults.push(fault('MISSING_ELEMENT', `${place}.resource`))
  else if (element === null || !isRetractingPatch(patch, target.type, element))
    faults.push(fault('UNSUPPORTED_PATCH', `${place}.resource`))
  return faults
}
