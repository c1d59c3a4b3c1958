import type { FhirSource } from '@tideway/schemas/source'
import { nameOfTarget, type RetractionTarget } from './target.ts'

/** An observation of a resource, or a component of it: its key, code and text. */
export type FoundPart = { key: string; code: string | null; text: string | null }

/**
 * Where the resource of an id is in the record: its source patient, and the business key of its
 * entry, as in the key field of its events (`allergyId`, `resourceKey`); for an observation that
 * was only sent in a report, its own key (`ownReportId`). The key of a Patient is empty.
 */
export type FoundResource = {
  patientKey: string
  key: string
  /** Of an Observation, as far as they are known. */
  parts?: readonly FoundPart[]
}

/** The sending system, and the organisation it sends for. */
type Client = { id: string; source: FhirSource }

/**
 * Finds what a client sent before by type and logical id: the id of its PUT, or the id returned.
 *
 * @returns null if the client sent no such resource
 * @throws FhirError STORE_UNAVAILABLE
 */
export type FindResource = (
  client: Client,
  type: string,
  id: string,
) => Promise<FoundResource | null>

/** What is known by `Observation/o1`; null where there is no such resource. */
export type FoundResources = Pick<ReadonlyMap<string, FoundResource | null>, 'get'>

/** Looks up every target of a message, each once. */
export const findAll = async (
  targets: readonly RetractionTarget[],
  client: Client,
  findResource: FindResource,
): Promise<FoundResources> => {
  const named = new Map(targets.map((target) => [nameOfTarget(target), target]))
  return new Map(
    await Promise.all(
      [...named].map(
        async ([name, { type, id }]) => [name, await findResource(client, type, id ?? '')] as const,
      ),
    ),
  )
}
