import type { PatientEvent } from '@tideway/schemas/events.generated'
import { same } from '@tideway/record/entries/is-same'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { RefusedError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { type Announcement, announcementOf, parkedWithoutPatient } from './announce.ts'
import type { Folds } from './apply-events.ts'
import { type Arrival, arrivalOfHeld } from './arrival.ts'
import { markDuplicateAllergies } from './duplicate-allergies.ts'
import { type LoadedDocuments, type Projected, project } from './project.ts'
import { propagateConfidentiality } from './propagate-confidentiality.ts'
import { heldTouchedBy, membersTouchedBy, type Touched, touchedBy } from './touched.ts'

/** Attempts against other writers before the batch fails and is redelivered. */
const maxAttempts = 10

/** Ports needed to apply a batch. */
export type ApplyPorts = {
  store: Store
  folds: Folds
  /** Decodes the bytes of a held event again; null if they are still not an event. */
  decode: (record: Buffer) => Promise<PatientEvent | null>
  /** Resolves once everything is durable. */
  publish: (announcements: readonly Announcement[]) => Promise<void>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  onLostRaces: (count: number) => void
}

const loadHeld = async (
  touched: Touched,
  { store, decode }: ApplyPorts,
): Promise<LoadedDocuments['held']> => {
  if (touched.released.length === 0) return new Map()
  const events = await store.held(touched.released)
  const arrivals = await Promise.all(
    events.map(async (held) => arrivalOfHeld(held, await decode(held.record))),
  )
  return Map.groupBy(arrivals, ({ patient }) => patient)
}

/**
 * Loads what a batch touches. Entries of numbers that were used again, or for several specimens, are
 * named by the first entry of the number, and those of observations that a retracted report holds, by
 * the report; they are read after it: one more read or two, rare, and as large however often that was.
 *
 * @param more  `_id` of entries that an attempt before wanted to create
 */
const load = async (
  arrivals: readonly Arrival[],
  more: readonly string[],
  ports: ApplyPorts,
): Promise<LoadedDocuments> => {
  const held = await loadHeld(touchedBy(arrivals), ports)
  const all = [...arrivals, ...[...held.values()].flat()]
  const loaded = await ports.store.load(touchedBy(all))
  const none = { patients: [], alone: [], sharing: [], projections: [] }
  const entries = new Map(loaded.entries)
  const read = new Set<string>()
  // Siblings are named by the first entry of a number, their generations by each of these.
  for (;;) {
    const members = new Set([
      ...membersTouchedBy(all, entries),
      ...heldTouchedBy(all, entries),
      ...more,
    ])
    const missing = [...members].filter((id) => !read.has(id))
    if (missing.length === 0) return { ...loaded, entries, held }
    for (const id of missing) read.add(id)
    const found = await ports.store.load({ ...none, entries: missing })
    for (const [id, entry] of found.entries) entries.set(id, entry)
  }
}

/**
 * Rebuilds head lines that depend on all stored entries, after those are saved. Rare, and never
 * more lines than a head holds.
 */
const rebuildLines = async (projected: Projected, { store }: ApplyPorts): Promise<Projected> => {
  let { head } = projected
  for (const kind of projected.uncertain)
    head = withLinesAnew(head, kind, await store.newest(projected.patient, kind))
  return { ...projected, head, headChanged: projected.headChanged || !same(head, projected.head) }
}

/** Whether all documents were written; counts those lost to another writer. */
const noneLost = (lost: number, { onLostRaces }: ApplyPorts): boolean => {
  if (lost > 0) onLostRaces(lost)
  return lost === 0
}

/**
 * Saves entries, then heads, then the applied messages: anything missing after a crash is rebuilt
 * from the log. Followers are saved before the entry they follow, because only a change of that
 * entry triggers their update; what moves from one entry to another is saved where it comes first.
 *
 * @returns null if a document was lost to another writer
 */
const save = async (
  projected: readonly Projected[],
  ports: ApplyPorts,
): Promise<readonly Projected[] | null> => {
  const { store } = ports
  await store.hold(projected.flatMap(({ hold }) => hold))
  const followers = projected.flatMap((each) => each.followers)
  if (followers.length > 0 && !noneLost(await store.saveEntries(followers), ports)) return null
  const isFirst = projected.some(({ first }) => first.size > 0)
  for (const part of isFirst ? [true, false] : [null]) {
    const entries = projected.flatMap((each) =>
      each.entries.filter(({ _id }) => part === null || each.first.has(_id) === part),
    )
    if (!noneLost(await store.saveEntries(entries), ports)) return null
  }
  const dissolved = projected.flatMap((each) => each.dissolved)
  if (dissolved.length > 0) await store.removeEntries(dissolved)
  const complete = await Promise.all(
    projected.map((each) => (each.uncertain.length === 0 ? each : rebuildLines(each, ports))),
  )
  if (
    !noneLost(
      await store.saveHeads(
        complete.flatMap(({ head, headChanged }) => (headChanged ? [head] : [])),
      ),
      ports,
    )
  )
    return null
  await store.saveProjections(complete.flatMap(({ projections }) => projections))
  return complete
}

/**
 * Loads, folds and saves a batch, retrying while another writer wins, then publishes the changes.
 *
 * @throws RefusedError if the store can never accept one of the documents
 */
const applyOnce = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  let created: string[] = []
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const loaded = await load(arrivals, created, ports)
    const projected = project(partition, arrivals, loaded, ports.folds, new Date(ports.now()))
    const confidential = await propagateConfidentiality(projected, loaded.entries, ports.store)
    const marked = await markDuplicateAllergies(confidential, loaded.entries, ports.store)
    const saved = await save(marked, ports)
    if (saved === null) {
      created = marked.flatMap(({ entries }) =>
        entries.filter(({ version }) => version === 1).map(({ _id }) => _id),
      )
      continue
    }
    const readableAt = ports.now() * 1000
    await ports.publish(saved.map((each) => announcementOf(each, beginning, readableAt)))
    await ports.store.unhold(saved.flatMap(({ unhold }) => unhold))
    return saved
  }
  throw new Error(`another writer won ${maxAttempts} times`)
}

/** A fold that fails, so that every event of the patient is held. */
const failWith = (cause: RefusedError) => (): never => {
  throw cause
}

/**
 * Applies a batch patient by patient after the store rejected a document: the events of that
 * patient are held, those of the others applied.
 */
const applyByPatient = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  const saved: Projected[] = []
  for (const own of Map.groupBy(arrivals, ({ patient }) => patient).values()) {
    const applied = await applyOnce(partition, own, beginning, ports).catch((cause: unknown) => {
      if (!(cause instanceof RefusedError)) throw cause
      return applyOnce(partition, own, beginning, {
        ...ports,
        folds: { ...ports.folds, head: failWith(cause) },
      })
    })
    saved.push(...applied)
  }
  return saved
}

/**
 * Applies one batch of one partition. Read this function, `applyOnce` and `save` to know the
 * service.
 *
 * The caller commits offsets once it resolves. After a crash at any line the same records are
 * redelivered, and applying them again changes nothing: every fold is independent of order, and
 * every write is guarded by the version it is based on.
 *
 * @param beginning  whether the partition was just assigned to this process; see `announcementOf`
 * @throws Error if the store or the log fails, or another writer kept winning
 */
export const applyBatch = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  const withoutPatient = arrivals.filter(({ patient }) => patient === '')
  if (withoutPatient.length > 0) {
    const parked = withoutPatient.map((arrival) =>
      parkedWithoutPatient(arrival, partition, ports.now() * 1000),
    )
    await ports.publish([{ change: null, parked, traceparent: null }])
  }
  const own = arrivals.filter(({ patient }) => patient !== '')
  try {
    return await applyOnce(partition, own, beginning, ports)
  } catch (cause) {
    if (!(cause instanceof RefusedError)) throw cause
    return await applyByPatient(partition, own, beginning, ports)
  }
}
