import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import type { Arrival } from '@tideway/projector/apply/arrival'
import { folds } from '@tideway/projector/apply/apply-events'
import { type LoadedDocuments, type Projected, project } from '@tideway/projector/apply/project'
import { touchedBy } from '@tideway/projector/apply/touched'
import { rulesVersion } from '@tideway/projector/rules-version'
import { projectorStore } from '@tideway/projector/store/store'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { encodeForLog } from './encode.ts'
import { kings, loadMessages } from './messages.ts'

// The document store alone: the reads and writes that projector and archiver make for these
// messages, folded beforehand, in batches of the size seen under load, four at once because there
// are four partitions. `node store.ts '{"mongodb": "...", "database": "bench_alone", "messages":
// 12000, "batch": 100}'`
type Plan = { mongodb: string; database: string; messages: number; batch: number }
type Step = {
  touched: ReturnType<typeof touchedBy>
  projected: Projected[]
  ledger: LedgerMessage[]
}

const plan = JSON.parse(process.argv[2] ?? '{}') as Plan
const partitions = 4
const { source, mappings } = await kings()

const ledgerOf = (
  id: string,
  index: number,
  patientKeys: string[],
  size: number,
  unused: string[],
): LedgerMessage => {
  const now = new Date()
  return {
    _id: id,
    source: source.ods,
    controlId: `S${index}`,
    type: 'ADT^A08',
    characterSet: 'utf-8',
    answered: 'AA',
    receivedAt: now,
    received: index,
    durableAt: now,
    partition: 0,
    offset: index,
    size,
    events: 2,
    patientKeys,
    unused,
    problem: null,
    parked: null,
    duplicates: [],
  }
}

/**
 * Folds all messages of one partition batch by batch, with the documents in memory.
 */
const steps = (messages: readonly { bytes: Buffer; index: number }[]): Step[] => {
  const heads = new Map<string, Projected['head']>()
  const entries = new Map<string, Projected['entries'][number]>()
  const all: Step[] = []
  for (let from = 0; from < messages.length; from += plan.batch) {
    const ledger: LedgerMessage[] = []
    const arrivals = messages
      .slice(from, from + plan.batch)
      .flatMap(({ bytes, index }): Arrival[] => {
        const { messageId, events, patientKeys, unused } = normalise(
          { source, bytes, receivedAt: 1_800_000_000_000_000 + index },
          mappings,
          { production: false },
        )
        ledger.push(ledgerOf(messageId, index, patientKeys, bytes.length, unused))
        return events.map((event) => ({
          patient: event.patientKey,
          offset: index,
          event,
          record: encodeForLog('patientEvents', event),
          messageId,
          eventId: event.id,
          source: source.ods,
          traceparent: null,
        }))
      })
    const loaded: LoadedDocuments = { heads, entries, applied: new Map(), held: new Map() }
    const projected = project(0, arrivals, loaded, folds, new Date())
    for (const each of projected) {
      if (each.headChanged) heads.set(each.patient, each.head)
      for (const entry of each.entries) entries.set(entry._id, entry)
    }
    all.push({ touched: touchedBy(arrivals), projected, ledger })
  }
  return all
}

const messages = loadMessages(plan.messages, 1_000, 'S').map((bytes, index) => ({ bytes, index }))
const keyOf = (bytes: Buffer) =>
  Number(/PID\|1\|\|S(\d+)\^/.exec(bytes.toString('latin1'))?.[1] ?? 0) % partitions
const byPartition = [...Map.groupBy(messages, ({ bytes }) => keyOf(bytes)).values()].map(steps)

const mongo = await connectMongo(plan.mongodb, plan.database)
await mongo.drop()
await ensureIndexes(mongo)
const store = projectorStore(mongo, rulesVersion())
const apply = async ({ touched, projected, ledger }: Step) => {
  const writing = bulkWriteNew(
    mongo.messages,
    ledger.map((document) => ({ insertOne: { document } })),
  )
  await store.load(touched)
  await store.saveEntries(projected.flatMap(({ entries }) => entries))
  await store.saveHeads(projected.flatMap(({ head, headChanged }) => (headChanged ? [head] : [])))
  await store.saveProjections(projected.flatMap(({ projections }) => projections))
  await writing
}
const began = performance.now()
await Promise.all(
  byPartition.map(async (own) => {
    for (const step of own) await apply(step)
  }),
)
const seconds = (performance.now() - began) / 1000
const written = await mongo.projections.countDocuments({})
const expected = byPartition
  .flat()
  .reduce(
    (sum, { projected }) =>
      sum + projected.reduce((count, { projections }) => count + projections.length, 0),
    0,
  )
await mongo.drop()
await mongo.close()
if (written !== expected) throw new Error(`${written} of ${expected} projections were written`)
console.log(
  JSON.stringify({
    perSecond: plan.messages / seconds,
    messages: plan.messages,
    batch: plan.batch,
    partitions,
  }),
)
