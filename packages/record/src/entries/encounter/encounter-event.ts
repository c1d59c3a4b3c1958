import type { EventBody, Visit } from '@tideway/schemas/events.generated'

/** An event of one encounter. */
export type EncounterEvent = Extract<EventBody, { visit: Visit }>
