import { EpochError } from '@tideway/mongo/watch-epoch'
import type { Epoch } from '@tideway/schemas/documents/epoch'
import { topics } from '@tideway/schemas/topics'
import { type LedgerTally, rebuildLedger } from '../rebuild/rebuild-ledger.ts'
import {
  archiveAgain,
  type Lost,
  requireStopped,
  type RestorePorts,
  withoutTimes,
} from './restore-bucket.ts'

/**
 * After the loss of the database, or when it was restored from an older state: the ledger anew from
 * archive and log.
 *
 * @returns also the epoch, to be written once the record is rebuilt: until then a new database is
 *   not taken for whole
 */
export const restoreLedger = async (
  ports: RestorePorts,
  onProgress: (tally: Readonly<LedgerTally>) => void,
): Promise<{ tally: LedgerTally; lost: Lost[]; epoch: Epoch }> => {
  const { epoch, store, collections, log, kafka } = ports
  await requireStopped(ports)
  const known = await epoch.inBucket.read()
  if (known === null)
    throw new EpochError(
      'The object store has no epoch either: npm run restore -- all --from FOLDER',
    )
  const now = await kafka.topicIds()
  if (Object.entries(known.topics).some(([name, id]) => now[name] !== id))
    throw new EpochError('The log was made anew too: npm run restore -- log')
  const tally = await rebuildLedger({ store, collections, log }, onProgress)
  return { tally, ...(await archiveAgain(ports, known)) }
}

/** Watermarks that are beyond the end of a log go back to it; of a new topic, to its beginning. */
const moveBack = async (
  { kafka, watermarks }: RestorePorts,
  name: 'patientEvents' | 'parkedMessages',
  isSameTopic: boolean,
): Promise<void> => {
  const topic = topics[name].name
  const at = new Map<number, number>()
  for (const [partition, { high }] of await kafka.endsOf(name))
    at.set(partition, isSameTopic ? Math.min(await watermarks.next(topic, partition), high) : 0)
  await watermarks.place(topic, withoutTimes(at))
}

/** The log was made anew, or restored from an older state: it is another log from here on. */
export const beginLog = async (ports: RestorePorts): Promise<number> => {
  const { epoch, kafka, group, watermarks, collections } = ports
  await requireStopped(ports)
  const known = (await epoch.inDatabase.read()) ?? (await epoch.inBucket.read())
  if (known === null) throw new EpochError('Neither database nor object store has an epoch')
  const now = await kafka.topicIds()
  const ends = await kafka.endsOf('rawMessages')
  const committed = await kafka.committedOf(group, 'rawMessages')
  const raw = topics.rawMessages.name
  const isSameTopic = known.topics[raw] === now[raw]
  // Of the same topic, what the archiver had committed is archived under the numbers of before.
  const from = new Map(
    [...ends].map(([partition, { low, high }]) => [
      partition,
      isSameTopic ? Math.min(committed.get(partition) ?? low, high) : low,
    ]),
  )
  await kafka.placeGroup(group, 'rawMessages', from)
  await watermarks.place(raw, withoutTimes(from))
  for (const name of ['patientEvents', 'parkedMessages'] as const)
    await moveBack(ports, name, known.topics[topics[name].name] === now[topics[name].name])
  // Identity keeps what it was told, and considers every patient and the whole new log.
  await collections.watermarks.deleteMany({ _id: { $regex: '^identity/' } })
  await collections.identityState.deleteMany({})
  const next = await epoch.made(known.log + 1)
  await epoch.writeBoth({ ...next, id: known.id, from: Object.fromEntries(from) })
  return known.log + 1
}
