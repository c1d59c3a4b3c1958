import { createHash } from 'node:crypto'
import type { ObjectStore } from '@tideway/object-store/client'
import { archiveKeys } from '@tideway/archiver/archive/read-archive'
import { bytesOf, readObject } from '@tideway/object-store/archived-message'
import type { Taken } from '../load/plan.ts'

/**
 * Hashes by message id, one for each time the message is in the archive, and the bytes of the
 * messages of this run.
 */
export type Archived = Map<string, { hashes: string[]; bytes: Buffer }>

/** Reads the whole archive and keeps the messages of the run. */
export const readArchive = async (
  store: ObjectStore,
  taken: ReadonlyMap<string, Taken>,
): Promise<Archived> => {
  const archived: Archived = new Map()
  for await (const key of archiveKeys(store)) {
    for (const { message } of await readObject(store, key)) {
      if (!taken.has(message.id)) continue
      const bytes = await bytesOf(store, message)
      const known = archived.get(message.id) ?? { hashes: [], bytes }
      known.hashes.push(createHash('sha256').update(bytes).digest('hex'))
      archived.set(message.id, known)
    }
  }
  return archived
}

export type ArchiveFaults = { lost: string[]; doubled: string[]; wrong: string[] }

/** Checks that every acknowledged message is archived once, with the bytes that were sent. */
export const archiveFaults = (
  taken: ReadonlyMap<string, Taken>,
  archived: Archived,
): ArchiveFaults => {
  const faults: ArchiveFaults = { lost: [], doubled: [], wrong: [] }
  for (const [id, { controlId, sha256 }] of taken) {
    const hashes = archived.get(id)?.hashes ?? []
    if (hashes.length === 0) faults.lost.push(controlId)
    if (hashes.length > 1) faults.doubled.push(controlId)
    if (hashes.some((hash) => hash !== sha256)) faults.wrong.push(controlId)
  }
  return faults
}
