import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderToBucket } from '@tideway/archiver/restore/copy-bucket'
import { everParked } from '@tideway/archiver/restore/ever-parked'
import { type Lost, restoreBucket } from '@tideway/archiver/restore/restore-bucket'
import { beginLog, restoreLedger } from '@tideway/archiver/restore/restore-database'
import { type RegisteredSchema, restoreRegistry } from '@tideway/kafka/registry-copy'
import type { Outgoing } from '@tideway/kafka/client'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import { objectsFolder, parkedFile, registryFile } from '../backup/places.ts'
import { UsageError } from '../command-line.ts'
import { type Line, openLine } from '../open-line.ts'
import { ledgerText } from '../rebuild/rebuild-ledger.ts'
import { runRebuild } from '../rebuild/rebuild-record.ts'
import { chooseMessages } from '../replay/choose-messages.ts'
import { replayMessages } from '../replay/replay-messages.ts'
import { replaySummary } from '../replay/report.ts'
import type { Restoring } from './open-restore.ts'

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

type ParkedState = NonNullable<LedgerMessage['parked']>

const statementOf = (
  { encode }: Line,
  message: { messageId: string; source: string; patientKeys: string[] },
  { state, stage, code, place, at, by, reason }: ParkedState,
): Outgoing => ({
  topic: 'parkedMessages',
  key: message.messageId,
  value: encode('parkedMessages', {
    ...message,
    eventId: null,
    patientKey: null,
    ...{ state, stage, at, by, reason, problem: { code, place } },
  }),
  headers: cloudEventHeaders({
    id: `${message.messageId}.${state}.${at}`,
    type: 'MessageParked',
    source: `/sources/${message.source}`,
    at,
    traceparent: null,
  }),
})

/** Publishes what was said of parked messages again, from ledger and backup. */
const sayParkedAgain = async (line: Line, folder: string | null): Promise<void> => {
  const file = folder === null ? null : join(folder, parkedFile)
  const lines =
    file === null || !existsSync(file) ? [] : readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const statements = lines.map((text) => {
    const { parked, ...message } = JSON.parse(text)
    return statementOf(line, message, parked as ParkedState)
  })
  for await (const { _id: messageId, source, patientKeys, parked } of everParked(line.mongo))
    if (parked !== null)
      statements.push(statementOf(line, { messageId, source, patientKeys }, parked))
  for (let from = 0; from < statements.length; from += 1_000)
    await line.publisher.publish(statements.slice(from, from + 1_000))
  console.log(`${statements.length} states of parked messages published`)
}

/** Publishes the events of every archived message. */
const replayAll = async (line: Line): Promise<boolean> => {
  const began = performance.now()
  const tally = await replayMessages(chooseMessages(line, {}), line, false, quiet)
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
    await sayParkedAgain(line, from)
    return await replayAll(line)
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
