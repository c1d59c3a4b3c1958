import type { Mongo } from '@tideway/mongo/client'
import { compactEntry, compactHead } from '@tideway/schemas/documents/storage-format'
import { showProgress } from '../../../operate/client/progress.ts'
import * as made from './documents.ts'
import type { Template } from './template.ts'

/** Patients inserted together, with all their messages. */
const batchPatients = 100
/** Concurrent writers, enough to keep two processors of the store busy. */
const writers = 4

type Inserts<T> = { insertMany: (documents: T[], options: { ordered: false }) => Promise<unknown> }

const insert = async <T>(collection: Inserts<T>, documents: readonly T[]): Promise<void> => {
  if (documents.length > 0) await collection.insertMany([...documents], { ordered: false })
}

const writeBatch = async (mongo: Mongo, template: Template, from: number, to: number) => {
  const patients = Array.from({ length: to - from }, (_, index) => from + index)
  const [first, end] = [from * made.perPatient, to * made.perPatient]
  const indexes = Array.from({ length: end - first }, (_, index) => first + index)
  await insert(mongo.messages, indexes.map(made.ledgerAt))
  await insert(mongo.projections, indexes.map(made.projectionAt))
  await insert(mongo.archiveObjects, made.archiveObjects(first, end))
  await insert(
    mongo.patients,
    patients.map((patient) => compactHead(made.headOf(template, patient))),
  )
  await insert(
    mongo.entries,
    patients.flatMap((patient) => made.entriesOf(template, patient).map(compactEntry)),
  )
  await insert(mongo.held, patients.flatMap(made.heldOf))
}

/**
 * Inserts messages from number `from` to `to` straight into the ledger, with their patients' heads,
 * entries, projections, held events and archive objects.
 */
export const fillStore = async (
  mongo: Mongo,
  template: Template,
  from: number,
  to: number,
): Promise<void> => {
  const progress = showProgress(`filling ${to.toLocaleString('en-GB')} messages`, to - from)
  const last = Math.ceil(to / made.perPatient)
  let next = Math.ceil(from / made.perPatient)
  const work = async () => {
    while (next < last) {
      const begin = next
      next = Math.min(next + batchPatients, last)
      const end = next
      await writeBatch(mongo, template, begin, end)
      progress.add((end - begin) * made.perPatient)
    }
  }
  await Promise.all(Array.from({ length: writers }, work))
  progress.end()
  for (const _id of made.organisations)
    await mongo.feeds.updateOne(
      { _id },
      { $set: { lastReceivedAt: new Date(), lastType: 'ADT^A08' } },
      { upsert: true },
    )
}
