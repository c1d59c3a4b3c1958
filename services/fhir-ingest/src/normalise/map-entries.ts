import type { Steps } from '@tideway/fhir/cooperative-scheduler'
import { FhirError } from '@tideway/fhir/fault'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { fault, type RequestFault } from '../errors.ts'
import type { ResourceMappings } from '../load-mappings.ts'
import { settleDuplicates } from './duplicates.ts'
import { retract } from '../retractions/retract.ts'
import type { FhirMessage, Resource } from './message.ts'
import type { Submission, SubmissionEntry } from './open-submission.ts'

/** The faults of what was thrown; anything but a FhirError is a defect. */
export const faultsThrown = (error: unknown, place: string): readonly RequestFault[] =>
  error instanceof FhirError ? error.faults : [fault('UNEXPECTED', place)]

/** Draft events by the entry they came from. */
export type MappedEntries = Map<SubmissionEntry, DraftEvent[]>

/**
 * The events of each entry. Patients are mapped first, so that their events come before any others
 * about them. Faults are added to their entries.
 *
 * In a batch, a resource that is part of a rejected report is mapped separately, because it was not
 * itself rejected.
 */
export function* mapEntries(
  sent: Submission,
  message: FhirMessage,
  mappings: ResourceMappings,
): Steps<MappedEntries> {
  const mapped: MappedEntries = new Map()
  mapRetractions(sent, mapped, message)
  yield* mapRemaining(sent, mapped, message, mappings)
  settleDuplicates(mapped)
  if (sent.isBatch && message.partOf.size > 0) {
    yield* mapRemaining(sent, mapped, message, mappings)
    settleDuplicates(mapped)
  }
  return mapped
}

const mapRetractions = (
  { entries }: Submission,
  mapped: MappedEntries,
  message: FhirMessage,
): void => {
  for (const entry of entries) {
    const { retraction, faults } = entry
    if (retraction === null || faults.length > 0) continue
    try {
      mapped.set(entry, retract(retraction.target, retraction.place, message))
    } catch (error) {
      faults.push(...faultsThrown(error, retraction.place))
    }
  }
}

/** Maps the entries that are not mapped yet and not part of another. */
function* mapRemaining(
  { entries, isBatch }: Submission,
  mapped: MappedEntries,
  message: FhirMessage,
  mappings: ResourceMappings,
): Steps<void> {
  const order = ({ resource }: SubmissionEntry) => mappings.get(resource?.type ?? '')?.order ?? 0
  const refused = new Set<Resource>(
    entries.flatMap(({ resource, faults }) =>
      resource !== null && faults.length > 0 ? [resource] : [],
    ),
  )
  const isPart = (resource: Resource) =>
    [...(message.partOf.get(resource) ?? [])].some((whole) => !refused.has(whole))
  for (const entry of entries.toSorted((a, b) => order(a) - order(b))) {
    const { resource, faults } = entry
    const mapping = resource === null ? undefined : mappings.get(resource.type)
    if (resource === null || mapping === undefined) continue
    if (faults.length > 0 || mapped.has(entry) || isPart(resource)) continue
    yield
    try {
      mapped.set(entry, mapping.toEvents(resource, message))
    } catch (error) {
      // If a fault rejects the whole, FAULTY_REFERENCE to it would only repeat it.
      faults.push(
        ...faultsThrown(error, resource.place).filter(
          ({ code }) => isBatch || code !== 'FAULTY_REFERENCE',
        ),
      )
      refused.add(resource)
    }
  }
}
