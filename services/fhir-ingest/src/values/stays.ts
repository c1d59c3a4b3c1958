import type { EncounterLocation } from '@medplum/fhirtypes'
import type { Location } from '@tideway/schemas/events.generated'
import { type Message, type Resource, takeAll } from '../message.ts'
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
const time = ({ at }: Stay): number => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at))

type Sent = { sent: EncounterLocation; index: number }

/**
 * Where a visit was and is. Of several places one that is over and has no time cannot be put in order: it is left out, and so listed as not used.
 *
 * @see FHIR R4, Encounter.location
 */
export const readStays = (resource: Resource, message: Message): Stays => {
  const all = takeAll<EncounterLocation>(resource, 'location').map((sent, index): Sent => ({ sent, index }))
  const isExpected = ({ sent: { status } }: Sent) => status === 'planned' || status === 'reserved'
  const been = all.filter((one) => !isExpected(one))
  const active = been.find(({ sent }) => sent.status === 'active')
  const placed = been.filter((one) => been.length === 1 || one === active || one.sent.period?.start !== undefined)
  const past = placed.flatMap(({ sent, index }): Stay[] => {
    const location = readLocation(sent.location, resource, message)
    return location === null ? [] : [{ location, at: sent.period?.start ?? null, index }]
  })
  past.sort((a, b) => Math.sign(time(a) - time(b)) || a.index - b.index)
  const now = past.find(({ index }) => index === active?.index) ?? past.at(-1)
  return { past, now: now?.location ?? null, pending: readLocation(all.find(isExpected)?.sent.location, resource, message) }
}
