import { attachmentsOf, eventsFrom } from '@tideway/ingest/draft-event'
import { withRtfAsText } from '@tideway/ingest/rtf-as-text'
import type { Problem } from '@tideway/schemas/events.generated'
import { fault, type RequestFault } from '../errors.ts'
import { isParked } from '../outcomes.ts'
import type { MappedEntries } from './map-entries.ts'
import type { NormalisedFhir } from './normalised.ts'
import type { Submission } from './open-submission.ts'

export const problemOf = ([first]: readonly RequestFault[]): Problem | null =>
  first === undefined ? null : { code: first.code, place: first.at ?? 'body' }

type Conclusion = Pick<NormalisedFhir, 'faults' | 'problem' | 'unused'>

/**
 * The outcome of the whole from the faults of its entries: except in a batch, any fault rejects it.
 * With neither faults nor events it is parked as UNSUPPORTED_TYPE, unless it is kept for others to
 * refer to.
 *
 * @param isKept  whether any of it is
 */
export const concludeFaults = (
  { entries, isBatch }: Submission,
  mapped: MappedEntries,
  unused: readonly string[],
  isKept: boolean,
): Conclusion => {
  const all = entries.flatMap((entry) => entry.faults)
  if (isBatch && all.length > 0) return ofBatch(all, unused)
  const isEmpty =
    !isKept && all.length === 0 && [...mapped.values()].every(({ length }) => length === 0)
  const [first] = entries.flatMap(({ resource }) => resource ?? [])
  const faults = isEmpty ? [fault('UNSUPPORTED_TYPE', first?.place ?? 'Bundle.entry')] : all
  const refusal = faults.find(({ code }) => !isParked(code))
  return {
    faults,
    problem: problemOf(refusal === undefined ? faults : [refusal]),
    unused: faults.length > 0 ? [] : [...unused],
  }
}

/**
 * Rejected entries of a batch are listed as unused; only a parked entry is a problem of the whole.
 */
const ofBatch = (all: readonly RequestFault[], unused: readonly string[]): Conclusion => ({
  faults: [],
  problem: problemOf(all.filter(({ code }) => isParked(code))),
  unused: [...all.map(({ code, at }) => `${at ?? 'Bundle'} ${code}`), ...unused],
})

type Origin = Parameters<typeof eventsFrom>[1]

/** Events of the entries without faults; none if a fault rejects the whole. */
export const concludeEvents = (
  { entries, isBatch }: Submission,
  mapped: MappedEntries,
  origin: Origin,
  bytes: Buffer,
): Pick<NormalisedFhir, 'events' | 'patientKeys' | 'attachments'> => {
  const isRefused = !isBatch && entries.some(({ faults }) => faults.length > 0)
  const drafts = withRtfAsText(
    [...mapped].filter(([{ faults }]) => faults.length === 0).flatMap(([, events]) => events),
    bytes,
  )
  const patientKeys = [...new Set(drafts.map(({ patientKey }) => patientKey))]
  if (isRefused) return { events: [], patientKeys, attachments: [] }
  return { patientKeys, events: eventsFrom(drafts, origin), attachments: attachmentsOf(drafts) }
}
