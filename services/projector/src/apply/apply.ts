import type { PatientEvent } from '@tideway/schemas/events.generated'
import { type Announcement, announcementOf, parkedForNobody } from './announce.ts'
import { type Arrival, arrivalOfHeld } from './arrival.ts'
import type { Folds } from './apply-events.ts'
import { RefusedError } from '../errors.ts'
import { withHeirs } from './propagate-confidentiality.ts'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { type Loaded, type Projected, project, type Touched, touchedBy } from './project.ts'
import { same } from '@tideway/record/entries/is-same'
import type { Store } from '../store/store.ts'
import { withSameAllergies } from './duplicate-allergies.ts'

/** A batch that keeps losing to another writer is given back to the log. */
const mostAttempts = 10

export type Ports = {
  store: Store
  folds: Folds
  /** Reads the bytes of a held event again; null if they are still none. */
  decode: (record: Buffer) => Promise<PatientEvent | null>
  /** Resolves once all is durable. */
  publish: (announcements: readonly Announcement[]) => Promise<void>
  /** Milliseconds. */
  now: () => number
  onLostRaces: (count: number) => void
}

const heldOf = async (touched: Touched, { store, decode }: Ports): Promise<Loaded['held']> => {
  if (touched.released.length === 0) return new Map()
  const events = await store.held(touched.released)
  const arrivals = await Promise.all(
    events.map(async (held) => arrivalOfHeld(held, await decode(held.record))),
  )
  return Map.groupBy(arrivals, ({ patient }) => patient)
}

const load = async (arrivals: readonly Arrival[], ports: Ports): Promise<Loaded> => {
  const held = await heldOf(touchedBy(arrivals), ports)
  return {
    ...(await ports.store.load(touchedBy([...arrivals, ...[...held.values()].flat()]))),
    held,
  }
}

/**
 * Lines that only the entries themselves can tell: read after they were saved, rare, and never more
 * than a head holds.
 */
const withCertainLines = async (projected: Projected, { store }: Ports): Promise<Projected> => {
  let { head } = projected
  for (const kind of projected.uncertain)
    head = withLinesAnew(head, kind, await store.newest(projected.patient, kind))
  return { ...projected, head, headChanged: projected.headChanged || !same(head, projected.head) }
}

/** Whether every document was written. */
const all = (lost: number, { onLostRaces }: Ports): boolean => {
  if (lost > 0) onLostRaces(lost)
  return lost === 0
}

/**
 * Entries first, then heads, then what was applied: whatever is missing after a crash is made again
 * from the log. An entry that follows another comes before it, for only a change of that one makes
 * it follow.
 *
 * @returns null if another writer won a document
 */
const save = async (
  projected: readonly Projected[],
  ports: Ports,
): Promise<readonly Projected[] | null> => {
  const { store } = ports
  await store.hold(projected.flatMap(({ hold }) => hold))
  const followers = projected.flatMap((each) => each.followers)
  if (followers.length > 0 && !all(await store.saveEntries(followers), ports)) return null
  if (!all(await store.saveEntries(projected.flatMap(({ entries }) => entries)), ports)) return null
  const certain = await Promise.all(
    projected.map((each) => (each.uncertain.length === 0 ? each : withCertainLines(each, ports))),
  )
  if (
    !all(
      await store.saveHeads(
        certain.flatMap(({ head, headChanged }) => (headChanged ? [head] : [])),
      ),
      ports,
    )
  )
    return null
  await store.saveProjections(certain.flatMap(({ projections }) => projections))
  return certain
}

const applyOnce = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: Ports,
): Promise<readonly Projected[]> => {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const loaded = await load(arrivals, ports)
    const projected = project(partition, arrivals, loaded, ports.folds, new Date(ports.now()))
    const followed = await withSameAllergies(
      await withHeirs(projected, loaded.entries, ports.store),
      loaded.entries,
      ports.store,
    )
    const saved = await save(followed, ports)
    if (saved === null) continue
    const readableAt = ports.now() * 1000
    await ports.publish(saved.map((each) => announcementOf(each, beginning, readableAt)))
    await ports.store.unhold(saved.flatMap(({ unhold }) => unhold))
    return saved
  }
  throw new Error(`another writer won ${mostAttempts} times`)
}

const refuse = (cause: RefusedError) => (): never => {
  throw cause
}

/**
 * Patient by patient, after the store refused a document of one of them: that one's events are
 * held, the others' applied.
 */
const applyApart = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: Ports,
): Promise<readonly Projected[]> => {
  const saved: Projected[] = []
  for (const own of Map.groupBy(arrivals, ({ patient }) => patient).values()) {
    const applied = await applyOnce(partition, own, beginning, ports).catch((cause: unknown) => {
      if (!(cause instanceof RefusedError)) throw cause
      return applyOnce(partition, own, beginning, {
        ...ports,
        folds: { ...ports.folds, head: refuse(cause) },
      })
    })
    saved.push(...applied)
  }
  return saved
}

/**
 * One batch of one partition, start to finish. Read this function and `save` to know the service.
 *
 * The caller commits offsets once it resolves. A crash at any line makes the same records come
 * again, and applying them again changes nothing: every fold is order-free and every write is
 * guarded by the version it was made from.
 *
 * @param beginning  whether the partition was only just taken over; see `announcementOf`
 * @throws Error if the store or the log fails, or another writer kept winning
 */
export const applyBatch = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: Ports,
): Promise<readonly Projected[]> => {
  const nobodys = arrivals.filter(({ patient }) => patient === '')
  if (nobodys.length > 0) {
    const parked = nobodys.map((arrival) => parkedForNobody(arrival, partition, ports.now() * 1000))
    await ports.publish([{ change: null, parked, traceparent: null }])
  }
  const own = arrivals.filter(({ patient }) => patient !== '')
  try {
    return await applyOnce(partition, own, beginning, ports)
  } catch (cause) {
    if (!(cause instanceof RefusedError)) throw cause
    return await applyApart(partition, own, beginning, ports)
  }
}
