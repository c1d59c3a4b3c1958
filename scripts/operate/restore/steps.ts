import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderToBucket } from '@tideway/archiver/restore/copy-bucket'
import { type Lost, restoreBucket } from '@tideway/archiver/restore/restore-bucket'
import { beginLog, restoreLedger } from '@tideway/archiver/restore/restore-database'
import { type RegisteredSchema, restoreRegistry } from '@tideway/kafka/registry-copy'
import { type Decided, everDecided } from '../backup/decided.ts'
import { objectsFolder, registryFile } from '../backup/places.ts'
import { UsageError } from '../command-line.ts'
import { type Line, openLine } from '../open-line.ts'
import { ledgerText } from '../rebuild/rebuild-ledger.ts'
import { runRebuild } from '../rebuild/rebuild-record.ts'
import { chooseMessages } from '../replay/choose-messages.ts'
import { replayMessages } from '../replay/replay-messages.ts'
import { replaySummary } from '../replay/report.ts'
import { decidedAgain, withdrawnAgain } from './decided-again.ts'
import type { Restoring } from './open-restore.ts'
import { resourcesAgain } from './resources-again.ts'

const lostText = ({ partition, first, last }: Lost): string =>
  `neither archive nor log has offsets ${first} to ${last} of partition ${partition}: those messages are lost, or in a backup (--from)`

const sayLost = (lost: readonly Lost[]): boolean => {
  for (const range of lost) console.log(lostText(range))
  return lost.length === 0
}

const quiet = () => undefined

/** Copies a backup into the bucket. */
const copyBack = async ({ store }: Restoring, folder: string): Promise<void> => {
  const { objects, copied } = await folderToBucket(join(folder, objectsFolder), store, quiet)
  console.log(`${copied} of ${objects} objects of the backup were missing and are copied back`)
}

/** @param from  folder of a backup; null: what the log has is archived again, without one */
export const bucketAgain = async (to: Restoring, from: string | null): Promise<boolean> => {
  await to.store.ensureBucket()
  if (from !== null) await copyBack(to, from)
  const { tally, lost } = await restoreBucket(to, quiet)
  console.log(ledgerText({ ...tally, gaps: [] }))
  return sayLost(lost)
}

export const databaseAgain = async (to: Restoring, env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { tally, lost, epoch } = await restoreLedger(to, quiet)
  console.log(ledgerText({ ...tally, gaps: [] }))
  const isWhole = sayLost(lost)
  if (!(await runRebuild(env, { compare: false, discard: false }))) return false
  await to.epoch.writeBoth(epoch)
  return isWhole
}

/** Publishes the events of every archived message, also those that are withdrawn. */
const replayAll = async (line: Line, { parked, withdrawn }: Decided): Promise<boolean> => {
  const began = performance.now()
  const stateOf = (id: string) => parked.get(id)?.parked.state
  const tally = await replayMessages(chooseMessages(line, {}), line, false, quiet, {
    isDropped: (id) => stateOf(id) === 'DROPPED',
    isReleased: async (id) => stateOf(id) === 'RELEASED',
    isWithdrawn: (id) => withdrawn.get(id)?.withdrawn.state === 'WITHDRAWN',
    withdrawal: (id, patients) => {
      const message = withdrawn.get(id)
      return message === undefined ? [] : withdrawnAgain(line, message, patients)
    },
  })
  console.log(replaySummary(tally, (performance.now() - began) / 1000, false))
  return tally.unmapped.size === 0
}

export const logAgain = async (
  to: Restoring,
  env: NodeJS.ProcessEnv,
  from: string | null,
): Promise<boolean> => {
  console.log(`log ${await beginLog(to)} begins`)
  const line = await openLine(env)
  try {
    const decided = await everDecided(to.mongo, from)
    await decidedAgain(line, decided)
    const isPublished = await replayAll(line, decided)
    await resourcesAgain(line, decided.parked)
    return isPublished
  } finally {
    await line.close()
  }
}

export const registryAgain = async (to: Restoring, from: string | null): Promise<boolean> => {
  if (from === null) throw new UsageError('Give --from, the folder of a backup')
  const copy = JSON.parse(readFileSync(join(from, registryFile), 'utf8')) as RegisteredSchema[]
  console.log(`${await restoreRegistry(to.registryUrl, copy)} of ${copy.length} schemas registered`)
  return true
}

/** Log, database and object store are all lost: everything from a backup. */
export const allAgain = async (
  to: Restoring,
  env: NodeJS.ProcessEnv,
  from: string | null,
): Promise<boolean> => {
  if (from === null) throw new UsageError('Give --from, the folder of a backup')
  await to.store.ensureBucket()
  await copyBack(to, from)
  const before = readFileSync(join(from, objectsFolder, 'epoch.json'), 'utf8')
  await to.epoch.inBucket.write(JSON.parse(before))
  const isPublished = await logAgain(to, env, from)
  return (await databaseAgain(to, env)) && isPublished
}
