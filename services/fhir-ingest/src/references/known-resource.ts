import type { ResourceKnown } from '@tideway/schemas/events.generated'

/** Who submitted a message, and how. */
export type Submitter = {
  /** Id of the OAuth 2 client. */
  client: string
  /** Of a single resource; the entries of a Bundle have their own. */
  method: 'POST' | 'PUT'
  /** Address of this interface as the client knows it, e.g. `https://record.example/fhir`. */
  base: string
}

/** What one client has sent, by name: see `nameOfReference`. */
export type KnownResources = (name: string) => ResourceKnown | null

/** What a list knows, e.g. the one archived with a message. */
export const knownFrom = (resources: readonly ResourceKnown[]): KnownResources => {
  const byName = new Map(
    resources.flatMap((resource) => resource.names.map((name) => [name, resource] as const)),
  )
  return (name) => byName.get(name) ?? null
}
