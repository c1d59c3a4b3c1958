import type { Encounter, Movement } from '@tideway/schemas/documents/entry'
import { isAfterMessage } from '../believed-time.ts'
import { isOfResource } from '../full-state.ts'
import { repeatedHourOf, repeatedHourReader } from '../repeated-hour.ts'
import { sentAtOf } from '../version.ts'

/**
 * Movements with the hour that comes twice told by the order of their messages. A resource has
 * times with offsets.
 *
 * @param movements  in version order
 * @returns the same list if there is nothing to tell
 */
export const withHoursTold = (movements: readonly Movement[]): readonly Movement[] => {
  const isWithin = ({ at }: Movement) => at !== null && repeatedHourOf(at) !== null
  if (!movements.some(isWithin)) return movements
  const read = repeatedHourReader()
  return movements.map((movement) => {
    if (movement.at === null || isOfResource(movement)) return movement
    const at = read(movement.at)
    return at === movement.at ? movement : { ...movement, at }
  })
}

/**
 * The time of a movement as far as it can be: one after its own message is taken for that of the
 * message, so that a mistyped year never hides what happens later.
 */
export const believedAt = ({ at, version }: Movement): string | null => {
  const madeAt = sentAtOf(version)
  return isAfterMessage(at, madeAt) ? new Date(madeAt).toISOString() : at
}

/** Whether a time that a movement of the encounter gives lies after the message that tells it. */
export const isAfterItsMovement = (
  { movements }: Pick<Encounter, 'movements'>,
  by: Pick<Movement, 'message' | 'place'>,
  at: string | null,
): boolean => {
  const told = movements.find(({ message, place }) => message === by.message && place === by.place)
  return told !== undefined && isAfterMessage(at, sentAtOf(told.version))
}
