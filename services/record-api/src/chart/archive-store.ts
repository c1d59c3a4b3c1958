import type { Mongo } from '@tideway/mongo/client'
import { openObjectSearch } from '@tideway/mongo/covering-object'
import { type ArchivePlace, archivePlace } from '@tideway/schemas/documents/archive-place'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { coverOffsets } from './cover-offsets.ts'

/** Where a message is in the log; its archive object is found by it. */
export type LogPlace = Pick<LedgerMessage, '_id' | 'partition' | 'offset'>

/** Where messages are in the archive. A message that is not archived yet is left out. */
export const archiveStore = ({
  messages,
  archiveObjects,
}: Pick<Mongo, 'messages' | 'archiveObjects'>) => {
  const searchObject = openObjectSearch({ archiveObjects })

  const archivePlaces = async (places: readonly LogPlace[]): Promise<Map<string, ArchivePlace>> => {
    const found = await coverOffsets(places, searchObject)
    const known = places.flatMap((place): [string, ArchivePlace][] => {
      const at = archivePlace(found.get(place._id) ?? null, place.offset)
      return at === null ? [] : [[place._id, at]]
    })
    return new Map(known)
  }

  return {
    /** By message id, for messages whose place in the log is known. */
    archivePlaces,

    /** By message id. */
    async archiveOf(messageIds: readonly string[]): Promise<Map<string, ArchivePlace>> {
      if (messageIds.length === 0) return new Map()
      const places = await messages
        .find({ _id: { $in: [...messageIds] } }, { projection: { partition: 1, offset: 1 } })
        .toArray()
      return archivePlaces(places)
    },
  }
}
