import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bucketToFolder } from '@tideway/archiver/restore/copy-bucket'
import { copyRegistry } from '@tideway/kafka/registry-copy'
import type { Restoring } from '../restore/open-restore.ts'
import { decidedInLedger, writeDecided } from './decided.ts'
import { objectsFolder, registryFile } from './places.ts'

const archivedWithinMs = 60_000
const sayEveryMs = 5_000

/** Waits until everything that is on the log now is archived. */
const everythingArchived = async ({ kafka, group }: Restoring): Promise<boolean> => {
  const ends = await kafka.endsOf('rawMessages')
  for (const end = performance.now() + archivedWithinMs; performance.now() < end; ) {
    const committed = await kafka.committedOf(group, 'rawMessages')
    if ([...ends].every(([at, { high }]) => high === 0 || (committed.get(at) ?? 0) >= high))
      return true
    await pause(500)
  }
  return false
}

/**
 * Adds to a folder what it does not have yet: the objects of the bucket, the schemas with their
 * ids, and what was decided about parked and withdrawn messages. Ledger and record are made from
 * these.
 *
 * @returns whether everything acknowledged before is in it
 */
export const writeBackup = async (from: Restoring, folder: string): Promise<boolean> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const isWhole = await everythingArchived(from)
  let saidAt = performance.now()
  const objects = await bucketToFolder(from.store, join(folder, objectsFolder), ({ copied }) => {
    if (performance.now() - saidAt < sayEveryMs) return
    saidAt = performance.now()
    console.log(`  ${copied} objects copied`)
  })
  const schemas = await copyRegistry(from.registryUrl)
  writeFileSync(join(folder, registryFile), JSON.stringify(schemas, null, 2))
  const decided = await decidedInLedger(from.mongo)
  writeDecided(folder, decided)
  console.log(
    `${objects.objects} objects (${objects.copied} new, ${objects.bytes} bytes), ${schemas.length} schemas, ${decided.parked.size} parked messages, ${decided.withdrawn.size} withdrawn or restored ones in ${folder}`,
  )
  if (!isWhole)
    console.error(
      'Not everything on the log is archived yet, so it is not in this backup: check the archiver, and run this again',
    )
  return isWhole
}
