import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { stayRank } from '../entries/encounter/stay.ts'

export type OpenEncounter = { head: PatientHead; encounter: EncounterLine }

/**
 * Milliseconds, so that times of different offset and precision compare; the encounter's own time
 * where the location has none, or one that cannot be.
 */
const sinceOf = ({ since, sortAt, inFuture }: EncounterLine): number => {
  const instant = Date.parse(since ?? '')
  return Number.isNaN(instant) || inFuture === true ? sortAt.getTime() : instant
}

/**
 * Every open encounter of a person over all organisations; the first is where the patient is now.
 *
 * A stay in a known bed ranks before a stay without a location, and any stay before a visit; within
 * a rank the newest is first. So an outpatient visit that nobody closed never outranks the ward the
 * patient is on. The others are returned too: a stay that nobody closed, or a stay in two places,
 * is for a clinician to see.
 */
export const openEncounters = (heads: readonly PatientHead[]): OpenEncounter[] =>
  heads
    .flatMap((head) =>
      head.encounters
        .filter(({ status }) => status === 'open')
        .map((encounter) => ({ head, encounter })),
    )
    .toSorted(
      (a, b) =>
        stayRank(b.encounter) - stayRank(a.encounter) ||
        sinceOf(b.encounter) - sinceOf(a.encounter) ||
        (a.encounter.entry < b.encounter.entry ? -1 : 1),
    )
