import type { KafkaConnection } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { Collections } from '@tideway/mongo/collections'
import type { ObjectStore } from '@tideway/object-store/client'
import { type ArchivedMessage, decodeObject, placeInKey } from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { MessageParked } from '@tideway/schemas/events.generated'
import { describeObject } from '../archive/put-archive-object.ts'
import { archiveKeys } from '../archive/read-archive.ts'
import { feedStore } from '../ledger/feed-store.ts'
import { ledgerMessage } from '../ledger/ledger-message.ts'
import { parkedStore } from '../ledger/parked-store.ts'
import { gapsIn, type OffsetRange } from './archive-chain.ts'
import { rebuildStore } from './rebuild-store.ts'

const messagesAtOnce = 1_000

export type LedgerRebuildPorts = {
  store: Pick<ObjectStore, 'list' | 'get' | 'has'>
  collections: Pick<
    Collections,
    'messages' | 'archiveObjects' | 'feeds' | 'parkedEarly' | 'withdrawnEarly'
  >
  /** Null: without the log; which messages are parked then comes from the archive alone. */
  log: { kafka: Pick<KafkaConnection, 'follow'>; registry: Registry } | null
}

/** What a rebuild of the ledger found. */
export type LedgerTally = {
  objects: number
  objectsAdded: number
  /** Entries of the index without an object. */
  objectsGone: number
  messages: number
  messagesAdded: number
  /** Changes of parked messages read from the log. */
  parked: number
  /** Offsets between objects that no object covers. */
  gaps: OffsetRange[]
}

const inParts = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / messagesAtOnce) }, (_, part) =>
    items.slice(part * messagesAtOnce, (part + 1) * messagesAtOnce),
  )

const ledgerDocument = ({ message, partition, offset, durableAt }: ArchivedMessage) =>
  ledgerMessage(message, { partition, offset }, durableAt)

/** Applies all that was ever said of parked messages. @returns how many records */
const readParked = async ({ log, collections }: LedgerRebuildPorts): Promise<number> => {
  if (log === null) return 0
  const parked = parkedStore(collections)
  let count = 0
  let writing: Promise<unknown> = Promise.resolve()
  const following = await log.kafka.follow({
    topic: 'parkedMessages',
    registry: log.registry,
    onRecords: (records) => {
      count += records.length
      const values: MessageParked[] = records.map(({ value }) => value)
      writing = writing.then(() => parked.record(values))
    },
    onCrash: (cause) => {
      writing = Promise.reject(cause as Error)
    },
  })
  await following.begun()
  await following.close()
  await writing
  await parked.settle()
  return count
}

/**
 * Makes the ledger and the index of the archive anew from the objects of the archive and what the
 * log says of parked messages. Nothing that is right changes, so it may run beside the archiver and
 * be repeated; messages that are not archived yet are left as they are.
 */
export const rebuildLedger = async (
  ports: LedgerRebuildPorts,
  onProgress: (tally: Readonly<LedgerTally>) => void,
): Promise<LedgerTally> => {
  const { store, collections } = ports
  const writes = rebuildStore(collections)
  const feeds = feedStore(collections)
  const keys = new Set<string>()
  const objects: Pick<ArchiveObject, 'partition' | 'first' | 'last'>[] = []
  const tally: LedgerTally = {
    objects: 0,
    objectsAdded: 0,
    objectsGone: 0,
    messages: 0,
    messagesAdded: 0,
    parked: 0,
    gaps: [],
  }
  for await (const key of archiveKeys(store)) {
    const bytes = await store.get(key)
    if (bytes === null) continue
    const { coverage, messages } = await decodeObject(bytes)
    const { partition } = placeInKey(key)
    const object = describeObject(key, partition, coverage, messages, bytes.length)
    for (const part of inParts(messages))
      tally.messagesAdded += await writes.putMessages(part.map(ledgerDocument))
    for (const { message } of messages)
      feeds.note(message.source, new Date(Math.floor(message.receivedAt / 1000)), message.type)
    if (await writes.putObject(object)) tally.objectsAdded += 1
    keys.add(key)
    objects.push(object)
    tally.objects += 1
    tally.messages += messages.length
    onProgress(tally)
  }
  await feeds.save()
  // The archiver may have put objects since they were listed.
  tally.objectsGone = await writes.removeObjects(async (key) => keys.has(key) || store.has(key))
  tally.parked = await readParked(ports)
  tally.gaps = gapsIn(objects)
  return tally
}
