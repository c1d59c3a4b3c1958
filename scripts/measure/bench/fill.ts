import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { compactEntry, compactHead, expandHead } from '@tideway/schemas/documents/storage-format'
import { patientKeyOf } from '@tideway/schemas/public-id'
import type { Mongo } from '@tideway/mongo/client'
import { showProgress } from '../../operate/client/progress.ts'
import { nextMessage } from '../load/messages.ts'
import { makePatients, type LoadPatient } from '../load/patients.ts'
import { kings } from './alone/messages.ts'

const batch = 1_000
const sender = { facility: 'RJZ', admissions: 'PAS', results: 'LIMS' }

/** Folds messages into documents as the projector does. */
const folder = async () => {
  const { source, mappings } = await kings()
  let received = Date.now() * 1000 - 1e12
  return (bytes: Buffer, head: PatientHead, known: Map<string, Entry>): PatientHead => {
    received += 1_000
    let next = head
    for (const event of normalise({ source, bytes, receivedAt: received }, mappings, {
      production: false,
    }).events) {
      const id = entryIdIn(event)
      const entry = id === null ? null : evolveEntry(known.get(id) ?? null, event)
      if (entry !== null) known.set(entry._id, { ...entry, version: 1 })
      next = evolveHead(next, event)
    }
    return next
  }
}

const insert = async (mongo: Mongo, heads: readonly PatientHead[], entries: readonly Entry[]) => {
  await Promise.all([
    heads.length === 0
      ? null
      : mongo.patients.insertMany(heads.map(compactHead), { ordered: false }),
    entries.length === 0
      ? null
      : mongo.entries.insertMany(entries.map(compactEntry), { ordered: false }),
  ])
}

/**
 * Inserts patients from number `from` to `to` in bulk, each with the head and the encounter that an
 * admission makes. A load with the same prefix and seed sends messages about the same patients.
 */
export const fillPatients = async (
  mongo: Mongo,
  prefix: string,
  seed: number,
  from: number,
  to: number,
): Promise<void> => {
  const fold = await folder()
  const progress = showProgress(`filling ${to.toLocaleString('en-GB')} patients`, to - from)
  const patients = makePatients(to, seed, prefix)
  let writing: Promise<void> = Promise.resolve()
  for (let at = from; at < to; at += batch) {
    const heads: PatientHead[] = []
    const entries: Entry[] = []
    for (const patient of patients.slice(at, Math.min(at + batch, to))) {
      const known = new Map<string, Entry>()
      const head = fold(
        nextMessage({ ...patient }, sender, `F${patient.mrn}`, () => 0.5).bytes,
        newHead(patientKeyOf('RJZ', patient.mrn)),
        known,
      )
      heads.push({ ...withLines(head, [...known.values()]).head, version: 1 })
      entries.push(...known.values())
    }
    await writing
    writing = insert(mongo, heads, entries)
    progress.add(heads.length)
  }
  await writing
  progress.end()
}

/**
 * The results of a stay, about a third of its messages, without the others; each belongs to an
 * order of its own.
 */
const resultOf = (patient: LoadPatient, order: number) =>
  nextMessage(
    { ...patient, step: 2 + order * 20, visit: 1 + order },
    sender,
    `H${order}`,
    () => 0.5,
  ).bytes

/**
 * Gives one patient a history: inserts reports from number `from` to `to`, with eight observations
 * each, in bulk.
 */
export const fillHistory = async (
  mongo: Mongo,
  patient: LoadPatient,
  from: number,
  to: number,
): Promise<void> => {
  const fold = await folder()
  const key = patientKeyOf('RJZ', patient.mrn)
  const progress = showProgress(
    `filling ${to.toLocaleString('en-GB')} reports of one patient`,
    to - from,
  )
  for (let at = from; at < to; at += batch) {
    const known = new Map<string, Entry>()
    const stored = await mongo.patients.findOne({ _id: key })
    let head = stored === null ? newHead(key) : expandHead(stored)
    for (let order = at; order < Math.min(at + batch, to); order++)
      head = fold(resultOf(patient, order), head, known)
    const entries = [...known.values()].filter(({ kind }) => kind === 'report')
    await insert(mongo, [], entries)
    const { version } = head
    await mongo.patients.replaceOne(
      { _id: key },
      compactHead({ ...withLines(head, entries).head, version: version + 1 }),
      { upsert: true },
    )
    progress.add(entries.length)
  }
  progress.end()
}
