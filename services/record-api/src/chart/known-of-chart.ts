import type { NotShownLine } from '@tideway/record/entries/not-shown'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { numberKeyOf } from '@tideway/schemas/public-id'
import type { FeedHabits, KnownFeed } from '../completeness/known-feed.ts'
import type { LineView } from '../completeness/line-view.ts'
import type { RecordStore } from './store.ts'
import type { MissingCounts, Withhold } from './withhold.ts'

/** What there is to say about whether an answer is complete. */
export type KnownOfChart = MissingCounts & {
  /** As seen before any document of the answer was read. */
  line: LineView
  /** Entries that do not show all that was sent. */
  notShown: NotShownLine[]
  feeds: readonly KnownFeed[]
}

/** Whom an answer is about: keys also where there is no head. */
type Shown = {
  keys: readonly string[]
  heads: readonly PatientHead[]
  notCombined: number
  /** 1 while it is not known who else the patient is. */
  personUnknown: number
}

type Sources = {
  store: Pick<RecordStore, 'countMissing' | 'countUndecided' | 'countHeld' | 'notShown' | 'feeds'>
  habitsOf: (source: string) => FeedHabits
}

/** Senders of any message about these patients. */
const sendersOf = (heads: readonly PatientHead[]): string[] => [
  ...new Set(heads.flatMap(({ freshness }) => Object.keys(freshness))),
]

/** @param line  as seen before the heads were read */
export const knownOf = async (
  { store, habitsOf }: Sources,
  withhold: Withhold,
  line: LineView,
  { keys, heads, notCombined, personUnknown }: Shown,
): Promise<KnownOfChart> => {
  const [counts, undecided, held, notShown, feeds] = await Promise.all([
    store.countMissing([...new Set(keys.map(numberKeyOf))], line.hasEarly),
    store.countUndecided(keys),
    // The head says so before the watermark passes a held event.
    heads.some(({ incomplete }) => incomplete !== null) ? store.countHeld(keys) : 0,
    store.notShown(keys),
    store.feeds(sendersOf(heads)),
  ])
  return {
    ...withhold.counts({ ...counts, undecided, held, notCombined, personUnknown }),
    notShown: withhold.notShown(notShown),
    line,
    feeds: feeds.map((feed) => ({ ...feed, ...habitsOf(feed._id) })),
  }
}
