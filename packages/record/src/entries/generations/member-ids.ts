import type { Entry, Generation } from '@tideway/schemas/documents/entry'
import { dayOf, instantOf } from '@tideway/time/iso-time'

/** Between the id of the first entry of a number and what tells a later one from it. */
const mark = ' @'

export const memberIdOf = (firstId: string, of: string): string => `${firstId}${mark}${of}`

/**
 * `_id` of a generation of a number: that of its entry before the number was used again for the
 * earliest, else with the day it began, so that it does not depend on which message came first; a
 * second one of a day has its time too.
 *
 * @param others  the other generations, the earliest first
 */
export const generationId = (
  firstId: string,
  from: string,
  others: readonly Pick<Generation, 'id'>[],
): string => {
  const id = memberIdOf(firstId, dayOf(from))
  return others.some((other) => other.id === id) ? memberIdOf(firstId, from) : id
}

/** Whether an entry is a later generation of its number. */
export const isLaterGeneration = ({ _id }: Pick<Entry, '_id'>): boolean =>
  / @(\d{4}-\d\d|undated)/.test(_id)

/** `_id` of the generation of a number that something of this time is about. */
export const generationAt = (
  firstId: string,
  family: readonly Generation[] | undefined,
  at: string | null,
): string => {
  const time = instantOf(at)
  if (family === undefined || time === null) return firstId
  return family.findLast(({ from }) => (instantOf(from) ?? 0) <= time)?.id ?? firstId
}

/** Generations of the number whose first entry this is, itself alone if it was used once. */
export const familyOf = ({ _id, family }: Entry): readonly Generation[] =>
  family ?? [{ id: _id, from: '' }]
