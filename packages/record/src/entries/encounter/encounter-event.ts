import type { EventBody, Visit } from '@tideway/schemas/events.generated'

/** An event of a visit. */
export type EncounterEvent = Extract<EventBody, { visit: Visit }>
