import type { Entry, NotShownFact, Origin } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { isWithdrawn } from '../withdrawal/is-withdrawn.ts'
import { newestFirst } from '../summary/newest-first.ts'
import { byVersion } from './facts.ts'
import { statedBy } from './statement-version.ts'

const inOrder = (a: NotShownFact, b: NotShownFact): number => byVersion(a, b) || a.nth - b.nth

/**
 * What is known of what messages say and no event says, after one event, oldest first. The same
 * event again takes the place of what it said before: a replay with a better mapping.
 */
export const withNotShownBy = (
  known: readonly NotShownFact[],
  event: PatientEvent,
): NotShownFact[] => {
  const nth = Number(event.id.slice(event.id.lastIndexOf('.') + 1))
  const others = known.filter((one) => one.message !== event.messageId || one.nth !== nth)
  const { notShown } = event
  if (notShown === null) return others
  const { count, places } = notShown
  return [...others, { ...statedBy(event), nth, count, places }].toSorted(inOrder)
}

/** The newest message of each sender, of messages oldest first. */
const newestOfEach = (origins: readonly Origin[]): ReadonlySet<string> =>
  new Set(new Map(origins.map(({ source, message }) => [source, message])).values())

/**
 * What an entry does not show: of each sender what its newest message says and nothing reads. An
 * earlier one does not count, because the newer says the same thing again; nor does anything of an
 * entry that was withdrawn.
 */
export const notShownIn = ({
  notShown,
  origins,
  data,
}: Pick<Entry, 'notShown' | 'origins' | 'data'>): readonly NotShownFact[] => {
  if (notShown === undefined || isWithdrawn(data)) return []
  const deciding = newestOfEach(origins)
  return notShown.told.filter(({ message }) => deciding.has(message))
}

/** Number of values in facts such as these. */
export const countIn = (facts: readonly NotShownFact[]): number =>
  facts.reduce((sum, { count }) => sum + count, 0)

/** What several entries of one number do not show, each fact once, oldest first. */
export const notShownOfAll = (entries: readonly Pick<Entry, 'notShown'>[]): NotShownFact[] =>
  [
    ...new Map(
      entries
        .flatMap(({ notShown }) => notShown?.told ?? [])
        .map((one) => [`${one.message}.${one.nth}`, one]),
    ).values(),
  ].toSorted(inOrder)

/**
 * The field of an entry from what its messages say and it does not. Only messages that are still
 * among its origins count, so that the order in which they came does not matter. All keep their
 * places: an earlier one may turn out to be the newest about another use of the number.
 */
export const notShownOf = (
  told: readonly NotShownFact[],
  of: string,
  origins: readonly Origin[],
): Pick<Entry, 'notShown'> => {
  if (told.length === 0) return {}
  const known = new Set(origins.map(({ message }) => message))
  const kept = told.filter(({ message }) => known.has(message))
  return kept.length === 0 ? {} : { notShown: { of, told: kept } }
}

/** An entry that does not show all that was sent: its patient, its public id, and how much. */
export type NotShownLine = { patient: string; entry: string; count: number }

/** The lines of entries, newest first; none of one that shows everything. */
export const notShownLines = (entries: Iterable<Entry>): NotShownLine[] =>
  [...entries]
    .toSorted(newestFirst(({ _id }) => _id))
    .map((entry) => ({
      patient: entry.patient,
      entry: entry.id,
      count: countIn(notShownIn(entry)),
    }))
    .filter(({ count }) => count > 0)
