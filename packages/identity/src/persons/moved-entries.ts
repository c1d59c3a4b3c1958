import { firstSaying } from '@tideway/record/entries/facts'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { MovedTo } from './moves.ts'

/** An entry that is stored under one patient and belongs to another. */
export type MovedEntry<E> = {
  entry: E
  /** Keys of the patients it belongs to now; several if messages name visits that went apart. */
  to: string[]
  /** A visit that it names stayed: the entry is of both. */
  isPartly: boolean
}

/** Every visit that an entry or one of its messages names. */
const visitsIn = ({ data }: Pick<Entry, 'data'>): string[] => {
  if (data.kind === 'encounter') return [data.encounterId]
  if (data.kind === 'document') return presentIn([data])
  if (data.kind !== 'report') return presentIn(data.reported)
  const shown = firstSaying(data.header, 'encounterId')
  return presentIn(shown === null ? [] : [shown.fields])
}

const presentIn = (all: readonly object[]): string[] => [
  ...new Set(
    all
      .map((one) => ('encounterId' in one ? one.encounterId : null))
      .filter((id) => typeof id === 'string'),
  ),
]

/**
 * The entries of visits that moved to another patient (A45). Nothing is copied: a reader shows
 * each with the patient it belongs to, and says so where it is stored. An entry that names no visit
 * stays where it is.
 *
 * @param moves  as `movesOf` gives them
 */
export const entriesMovedAway = <E extends Pick<Entry, 'patient' | 'data'>>(
  moves: readonly MovedTo[],
  entries: readonly E[],
): MovedEntry<E>[] => {
  const away = new Map(
    moves
      .filter(({ kind, from, to }) => kind === 'encounter' && from !== to)
      .map(({ from, id, to }) => [`${from} ${id}`, to]),
  )
  return entries.flatMap((entry) => {
    const visits = visitsIn(entry).map((id) => away.get(`${entry.patient} ${id}`) ?? null)
    const to = [...new Set(visits.filter((key) => key !== null))].toSorted()
    return to.length === 0 ? [] : [{ entry, to, isPartly: visits.includes(null) }]
  })
}
