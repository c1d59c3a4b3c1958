import type { DraftEvent } from './draft-event.ts'

/** Places of a message that its events do not say, by the event that speaks of the same thing. */
export type Missed<Draft extends DraftEvent = DraftEvent> = Map<Draft, string[]>

/** Places named in an event: enough to find the rest by. */
const placesNamed = 20

/** The events, each with the number and places of what it does not say. */
export const withMissed = <Draft extends DraftEvent>(
  drafts: readonly Draft[],
  missed: ReadonlyMap<Draft, readonly string[]>,
): readonly Draft[] =>
  drafts.map((draft) => {
    const places = missed.get(draft)
    return places === undefined
      ? draft
      : { ...draft, notShown: { count: places.length, places: places.slice(0, placesNamed) } }
  })
