import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Feed } from '@tideway/schemas/documents/ledger'
import type { Static } from 'typebox'
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
  },
)

/** Freshness by source patient and sender. */
export const sourcesOf = (
  heads: readonly PatientHead[],
  feeds: readonly Feed[],
  names: Names,
): Presented<Static<typeof SourceFreshness>>[] => {
  const heard = new Map(feeds.map((feed) => [feed._id, feed.lastReceivedAt]))
  return heads.flatMap((head) =>
    Object.entries(head.freshness).map(([source, { sentAt, receivedAt }]) => ({
      source,
      sourceName: names.get(source) ?? null,
      organisation: head.organisation,
      patient: head.id,
      lastMessageAt: sentAt?.toISOString() ?? null,
      lastReceivedAt: receivedAt.toISOString(),
      feedLastHeardAt: heard.get(source)?.toISOString() ?? null,
    })),
  )
}

/** Senders of any message about these patients. */
export const sendersOf = (heads: readonly PatientHead[]): string[] => [
  ...new Set(heads.flatMap(({ freshness }) => Object.keys(freshness))),
]
