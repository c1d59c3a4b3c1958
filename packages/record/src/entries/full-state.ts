import type { Movement, Origin } from '@tideway/schemas/documents/entry'
import { byVersion } from './facts.ts'

const resourcePlace = /^(Encounter|Bundle\.entry\[\d+\]\.resource)(\.|$)/

/**
 * Whether it was told by a resource of FHIR, whose place is a FHIRPath expression, and not by a
 * segment of HL7 v2. A resource is the whole state of what it describes; a message of HL7 v2 is a
 * step, and what it leaves out stays.
 *
 * @see FHIR R4, RESTful API, update
 */
export const isOfResource = ({ place }: Origin): boolean =>
  // Nearly every place is of a segment, which costs no expression.
  (place.startsWith('Enc') || place.startsWith('Bun')) && resourcePlace.test(place)

/** Whether a segment of HL7 v2 stated it, e.g. at `OBX[3]`. */
export const isOfSegment = ({ place }: Pick<Origin, 'place'>): boolean =>
  place.charAt(3) === '[' && /^[A-Z][A-Z\d]{2}/.test(place)

/**
 * Whether it was told by a request about a resource (DELETE, PATCH), which says that it was entered
 * in error and nothing of its content.
 */
export const isOfRequest = ({ place }: Pick<Origin, 'place'>): boolean => /\]\.request$/.test(place)

/**
 * Whether it was told by a list of a resource that no longer has it, such as the contacts of a
 * patient: it says that it is over, and nothing of its content.
 */
export const isLeftOut = ({ place }: Pick<Origin, 'place'>): boolean => /\.contact$/.test(place)

const isCancellation = ({ event }: Movement): boolean => event === 'AdmissionCancelled'

/**
 * A version whose status is unknown says of no state that it is over: it is a step as one of HL7 v2
 * is.
 */
const isStep = ({ event }: Movement): boolean => event === 'VisitUpdated'

/**
 * The newest version of each source. A cancellation only says that what it cancels is not so, which
 * leaves that to be seen.
 */
export type Newest = ReadonlyMap<string, Origin>

/** @param movements  all that was told; of every version at least one is among them */
export const newestVersions = (movements: readonly Movement[]): Newest => {
  const newest = new Map<string, Origin>()
  for (const movement of movements) {
    const before = newest.get(movement.source)
    const isNewer = before === undefined || byVersion(before, movement) < 0
    if (isOfResource(movement) && !isCancellation(movement) && !isStep(movement) && isNewer)
      newest.set(movement.source, movement)
  }
  return newest
}

/** Without what earlier versions said: a later one stands in their place. */
export const withoutReplaced = <Fact extends Origin>(
  facts: readonly Fact[],
  newest: Newest,
): Fact[] =>
  facts.filter((fact) => {
    const by = newest.get(fact.source)
    return (
      by === undefined ||
      !isOfResource(fact) ||
      fact.message === by.message ||
      byVersion(fact, by) > 0
    )
  })

/**
 * Without what earlier versions told; of versions that cancel the last of each source says it for
 * all. @param movements  in version order
 */
export const movementsStanding = (movements: readonly Movement[]): Movement[] => {
  const last = new Map(
    movements
      .filter((movement) => isOfResource(movement) && isCancellation(movement))
      .map((movement) => [movement.source, movement]),
  )
  return withoutReplaced(movements, newestVersions(movements)).filter(
    (movement) =>
      !isOfResource(movement) ||
      !isCancellation(movement) ||
      last.get(movement.source) === movement,
  )
}
