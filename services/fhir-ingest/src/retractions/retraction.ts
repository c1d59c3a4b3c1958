import type { EventBody } from '@tideway/schemas/events.generated'
import type { ResourcePart } from '@tideway/schemas/events.generated'

export const error = 'entered-in-error'

/** What retracts the resources of a type. */
export type ResourceRetraction = {
  /** The element that a patch sets; null if the type has none. */
  element: string | null
  eventOf: (key: string, place: string, parts: readonly ResourcePart[]) => EventBody
}

export const byStatus = (
  eventOf: ResourceRetraction['eventOf'],
  element = 'status',
): ResourceRetraction => ({
  element,
  eventOf,
})
