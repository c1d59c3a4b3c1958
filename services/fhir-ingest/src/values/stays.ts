import { instantOf } from '@tideway/time/iso-time'
import type { EncounterLocation } from '@medplum/fhirtypes'
import type { Location } from '@tideway/schemas/events.generated'
import { fhirError } from '@tideway/fhir/errors'
import { type Message, type Resource, takeAll } from '../normalise/message.ts'
import { readLocation } from './location.ts'

/** A place of a visit, since when, and its index in Encounter.location. */
export type Stay = { location: Location; at: string | null; index: number }

export type Stays = {
  /** In the order of their times. */
  past: Stay[]
  /** The active one, else the last. */
  now: Location | null
  /** The one planned or reserved. */
  pending: Location | null
}

/** Milliseconds; what has no time is of now. */
const time = ({ at }: Stay): number => instantOf(at) ?? Number.POSITIVE_INFINITY

type Sent = { sent: EncounterLocation; index: number }

/** Each is told as a move of one visit, and each move is looked at with all others. */
const mostPlaces = 1_000

/**
 * Where a visit was and is. Of several places one that is over and has no time cannot be put in
 * order: it is left out, and so listed as not used.
 *
 * @throws FhirError TOO_MANY_ENTRIES
 * @see FHIR R4, Encounter.location
 */
export const readStays = (resource: Resource, message: Message): Stays => {
  const sent = takeAll<EncounterLocation>(resource, 'location')
  if (sent.length > mostPlaces) throw fhirError('TOO_MANY_ENTRIES', `${resource.place}.location`)
  const all = sent.map((one, index): Sent => ({ sent: one, index }))
  const isExpected = ({ sent: { status } }: Sent) => status === 'planned' || status === 'reserved'
  const been = all.filter((one) => !isExpected(one))
  const active = been.find(({ sent }) => sent.status === 'active')
  const placed = been.filter(
    (one) => been.length === 1 || one === active || one.sent.period?.start !== undefined,
  )
  const past = placed.flatMap(({ sent, index }): Stay[] => {
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
