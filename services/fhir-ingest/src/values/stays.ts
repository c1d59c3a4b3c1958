import { instantOf } from '@tideway/time/iso-time'
import type { EncounterLocation } from '@medplum/fhirtypes'
import type { Location } from '@tideway/schemas/events.generated'
import { fhirError } from '../errors.ts'
import { type FhirMessage, type Resource, takeAll } from '../normalise/message.ts'
import { readLocation } from './location.ts'

/** A location of a visit, its start, and its index in Encounter.location. */
export type LocationStay = { location: Location; at: string | null; index: number }

export type LocationStays = {
  /** By start time. */
  past: LocationStay[]
  /** The active location, else the last. */
  now: Location | null
  /** The planned or reserved location. */
  pending: Location | null
}

/** Milliseconds; a location without a time is current. */
const time = ({ at }: LocationStay): number => instantOf(at) ?? Number.POSITIVE_INFINITY

type Sent = { sent: EncounterLocation; index: number }

/** Each location becomes a transfer, and each transfer is compared with all others. */
const mostPlaces = 1_000

/**
 * Past, current and pending locations of a visit. With several locations, one that has ended but
 * has no start time cannot be ordered: it is left out, and listed as unused.
 *
 * @throws FhirError TOO_MANY_ENTRIES
 * @see FHIR R4, Encounter.location
 */
export const readStays = (resource: Resource, message: FhirMessage): LocationStays => {
  const sent = takeAll<EncounterLocation>(resource, 'location')
  if (sent.length > mostPlaces) throw fhirError('TOO_MANY_ENTRIES', `${resource.place}.location`)
  const all = sent.map((one, index): Sent => ({ sent: one, index }))
  const isExpected = ({ sent: { status } }: Sent) => status === 'planned' || status === 'reserved'
  const been = all.filter((one) => !isExpected(one))
  const active = been.find(({ sent }) => sent.status === 'active')
  const placed = been.filter(
    (one) => been.length === 1 || one === active || one.sent.period?.start !== undefined,
  )
  const past = placed.flatMap(({ sent, index }): LocationStay[] => {
    const location = readLocation(sent.location, resource, message)
    return location === null ? [] : [{ location, at: sent.period?.start ?? null, index }]
  })
  past.sort((a, b) => Math.sign(time(a) - time(b)) || a.index - b.index)
  const now = past.find(({ index }) => index === active?.index) ?? past.at(-1)
  return {
    past,
    now: now?.location ?? null,
    pending: readLocation(all.find(isExpected)?.sent.location, resource, message),
  }
}
