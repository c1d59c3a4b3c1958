import type { PatientHead } from '@tideway/schemas/documents/head'
import { type Static, Type } from 'typebox'
import type { KnownOfChart } from '../chart/known-of-chart.ts'
import { feedStates } from '../completeness/feed-state.ts'
import { stateOfFeed } from '../completeness/known-feed.ts'
import { accountedUpTo } from '../completeness/line-view.ts'
import type { Presented } from './schema/answer.ts'
import type { Names } from './patient.ts'
import {
  instant,
  optionalInstant,
  object,
  text,
  optionalText,
  publicIdText,
} from './schema/values.ts'

export const SourceFreshness = object(
  'SourceFreshness',
  'How fresh the data of one sender about one source patient is.',
  {
    source: text('ODS code of the sender.'),
    sourceName: optionalText('Its name.'),
    organisation: text('ODS code of the organisation whose patient it is.'),
    patient: publicIdText('Public id of the source patient.'),
    lastMessageAt: optionalInstant(
      'MSH-7 of its newest message about this patient; absent if not sent.',
    ),
    lastReceivedAt: instant('When that message was received.'),
    feedLastHeardAt: optionalInstant(
      'When its newest message about any patient was received; absent if the ledger has none.',
    ),
    feed: Type.Enum(feedStates, {
      description:
        'Whether the sender is heard as often as usual at this hour of the week. `silent`: nothing for more than twice the usual gap, and at least a quarter of an hour. `planned`: its silence was announced. `learning`: too little was heard of it to say.',
    }),
  },
)

/** Freshness by source patient and sender. */
export const sourcesOf = (
  heads: readonly PatientHead[],
  { feeds, line }: Pick<KnownOfChart, 'feeds' | 'line'>,
  names: Names,
): Presented<Static<typeof SourceFreshness>>[] => {
  const at = accountedUpTo(line)
  const heard = new Map(feeds.map((feed) => [feed._id, feed]))
  return heads.flatMap((head) =>
    Object.entries(head.freshness).map(([source, { sentAt, receivedAt }]) => ({
      source,
      sourceName: names.get(source) ?? null,
      organisation: head.organisation,
      patient: head.id,
      lastMessageAt: sentAt?.toISOString() ?? null,
      lastReceivedAt: receivedAt.toISOString(),
      feedLastHeardAt: heard.get(source)?.lastReceivedAt.toISOString() ?? null,
      feed: stateOfFeed(heard.get(source) ?? null, at),
    })),
  )
}
