import type { Entry } from '@tideway/schemas/documents/entry'
import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type {
  ArchiveObject,
  Feed,
  HeldEvent,
  LedgerMessage,
  ParkedEarly,
  Projection,
  DecidedMessage,
  WithdrawnEarly,
} from '@tideway/schemas/documents/ledger'
import type { Watermark } from '@tideway/schemas/documents/watermark'
import type { Db } from 'mongodb'

/**
 * Every collection, by name. The projector writes `patients`, `entries`, `projections`,
 * `withdrawals` and `held`; the archiver writes the rest; of `watermarks` each those of the topics
 * it reads.
 */
export const collectionsOf = (db: Db) => ({
  patients: db.collection<PatientHead>('patients'),
  entries: db.collection<Entry>('entries'),
  projections: db.collection<Projection>('projections'),
  withdrawals: db.collection<DecidedMessage>('withdrawals'),
  held: db.collection<HeldEvent>('held'),
  messages: db.collection<LedgerMessage>('messages'),
  archiveObjects: db.collection<ArchiveObject>('archive-objects'),
  feeds: db.collection<Feed>('feeds'),
  parkedEarly: db.collection<ParkedEarly>('parked-early'),
  withdrawnEarly: db.collection<WithdrawnEarly>('withdrawn-early'),
  feedGaps: db.collection<FeedGaps>('feed-gaps'),
  watermarks: db.collection<Watermark>('watermarks'),
})
