import type { Mongo } from '@tideway/mongo/client'
import { allWatermarks } from '@tideway/mongo/watermark-store'
import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { Feed } from '@tideway/schemas/documents/ledger'
import type { Watermark } from '@tideway/schemas/documents/watermark'

/** What is read in the background, for all patients. */
export const lineStore = (
  mongo: Pick<Mongo, 'watermarks' | 'feeds' | 'feedGaps' | 'parkedEarly'>,
) => ({
  marks: (): Promise<Watermark[]> => allWatermarks(mongo),
  hasEarly: async (): Promise<boolean> =>
    (await mongo.parkedEarly.findOne({}, { projection: { _id: 1 } })) !== null,
  feeds: (): Promise<Feed[]> => mongo.feeds.find().toArray(),
  gaps: (): Promise<FeedGaps[]> => mongo.feedGaps.find().toArray(),
})
