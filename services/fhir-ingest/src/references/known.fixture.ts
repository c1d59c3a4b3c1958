import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type { FoundResource } from '../retractions/found-resource.ts'

/** What is known of a resource sent before, by type and id. */
export const knownResource = (
  name: string,
  { patientKey, key, parts = [] }: FoundResource,
): ResourceKnown => {
  const type = name.slice(0, name.indexOf('/'))
  return {
    names: [name],
    type,
    patientKey,
    event: null,
    key: type === 'Patient' ? null : key,
    parts: [...parts],
    json: null,
    base: null,
    isUpdate: true,
    from: null,
    messageId: 'm1',
    saidAt: 1_700_000_000_000_000,
  }
}

export const knownResources = (known: Readonly<Record<string, FoundResource>>): ResourceKnown[] =>
  Object.entries(known).map(([name, found]) => knownResource(name, found))
