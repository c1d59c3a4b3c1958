import type { PatientEvent } from '@tideway/schemas/events.generated'
import { fitHead } from '@tideway/record/demographics/fit-head'
import { same } from '@tideway/record/entries/is-same'
import { numberKeyOf } from '@tideway/schemas/public-id'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { type DefectError, pure, type RefusedError } from '../errors.ts'
import type { IdentityGiven } from '../identity/contest.ts'
import { routeByPerson } from '../identity/route-by-person.ts'
import type { Store } from '../store/store.ts'
import type { Folds } from './apply-events.ts'
import { type Arrival, arrivalOfHeld } from './arrival.ts'
import { markDuplicateAllergies } from './duplicate-allergies.ts'
import { type LoadedDocuments, type Projected, project } from './project.ts'
import { propagateConfidentiality } from './propagate-confidentiality.ts'
import { heldTouchedBy, membersTouchedBy, type Touched, touchedBy } from './touched.ts'

/** Attempts against other writers before the batch fails and is redelivered. */
const maxAttempts = 10

/** Ports needed to fold a batch into documents. */
export type FoldPorts = {
  store: Store
  folds: Folds
  /** Decodes the bytes of an event again; null if they are still not an event. */
  decode: (record: Buffer) => Promise<PatientEvent | null>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  onLostRaces: (count: number) => void
  /** Set while the documents of a patient are made anew. */
  identity?: IdentityGiven
}

const loadHeld = async (
  touched: Touched,
  { store, decode }: FoldPorts,
): Promise<LoadedDocuments['held']> => {
  if (touched.released.length === 0) return new Map()
  const events = await store.held(touched.released)
  const arrivals = await Promise.all(
    events.map(async (held) => arrivalOfHeld(held, await decode(held.record))),
  )
  return Map.groupBy(arrivals, ({ patient }) => patient)
}

/**
 * Loads what a batch touches. Entries of numbers that were used again, or for several specimens,
 * are named by the first entry of the number, and those of observations that a retracted report
 * holds, and chunks, by the report; they are read after it: one more read or two, rare, and as
 * large however often that was.
 *
 * @param more  `_id` of entries that an attempt before wanted to create
 */
const load = async (
  arrivals: readonly Arrival[],
  more: readonly string[],
  ports: FoldPorts,
): Promise<LoadedDocuments> => {
  const held = await loadHeld(
    pure(() => touchedBy(arrivals)),
    ports,
  )
  const all = [...arrivals, ...[...held.values()].flat()]
  const loaded = await ports.store.load(pure(() => touchedBy(all)))
  const none = { patients: [], alone: [], sharing: [], projections: [] }
  const entries = new Map(loaded.entries)
  const read = new Set<string>()
  // Siblings are named by the first entry of a number, their generations by each of these.
  for (;;) {
    const members = new Set([
      ...pure(() => [...membersTouchedBy(all, entries), ...heldTouchedBy(all, entries)]),
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
const rebuildLines = async (projected: Projected, { store }: FoldPorts): Promise<Projected> => {
  let { head } = projected
  for (const kind of projected.uncertain) {
    const newest = await store.newest(projected.patient, kind)
    head = pure(() => withLinesAnew(head, kind, newest))
  }
  head = pure(() => fitHead(head))
  return { ...projected, head, headChanged: projected.headChanged || !same(head, projected.head) }
}

/** Whether all documents were written; counts those lost to another writer. */
const noneLost = (lost: number, { onLostRaces }: FoldPorts): boolean => {
  if (lost > 0) onLostRaces(lost)
  return lost === 0
}

/** @returns whether all were written */
const saveEntries = async (projected: readonly Projected[], ports: FoldPorts): Promise<boolean> => {
  const { store } = ports
  const followers = projected.flatMap((each) => each.followers)
  if (followers.length > 0 && !noneLost(await store.saveEntries(followers), ports)) return false
  const isFirst = projected.some(({ first }) => first.size > 0)
  for (const part of isFirst ? [true, false] : [null]) {
    const entries = projected.flatMap((each) =>
      each.entries.filter(({ _id }) => part === null || each.first.has(_id) === part),
    )
    if (!noneLost(await store.saveEntries(entries), ports)) return false
  }
  const dissolved = projected.flatMap((each) => each.dissolved)
  if (dissolved.length > 0) await store.removeEntries(dissolved)
  return true
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
  ports: FoldPorts,
): Promise<readonly Projected[] | null> => {
  const { store } = ports
  await store.hold(projected.flatMap(({ hold }) => hold))
  await saveIdentityHolds(projected, store)
  if (!(await saveEntries(projected, ports))) return null
  const complete = await Promise.all(
    projected.map((each) => (each.uncertain.length === 0 ? each : rebuildLines(each, ports))),
  )
  const heads = complete.flatMap(({ head, headChanged }) => (headChanged ? [head] : []))
  if (!noneLost(await store.saveHeads(heads), ports)) return null
  await store.saveProjections(complete.flatMap(({ projections }) => projections))
  const told = complete.flatMap(({ history }) => [...history.pending, ...history.changed])
  if (told.length > 0) await store.saveTold(told)
  return complete
}

/**
 * Before any document says that messages are held: a process that stops here holds them again when
 * the batch comes again, and finds what it needs for that unchanged.
 */
const saveIdentityHolds = async (projected: readonly Projected[], store: Store): Promise<void> => {
  const conflicts = projected.flatMap(({ identity }) => identity.conflicts)
  if (conflicts.length > 0) await store.saveConflicts(conflicts)
  const marked = projected.flatMap(({ identity }) => identity.marked)
  if (marked.length > 0) await store.saveTold(marked)
}

/** What is done otherwise than by a fold on top of what is stored. */
export type Anew = {
  /** As events of the batch were told before, of those that differ now. */
  before: ReadonlyMap<Arrival, PatientEvent>
  patients: ReadonlySet<string>
  /** Makes the documents of everybody who has one of these numbers. */
  make: (patient: string) => Promise<readonly Projected[]>
}

const nothingAnew: Anew = {
  before: new Map(),
  patients: new Set(),
  make: () => Promise.reject(new Error('no patient is made anew')),
}

/** Finds what a batch makes anew, from what is loaded. */
export type ChooseAnew = (arrivals: readonly Arrival[], loaded: LoadedDocuments) => Promise<Anew>

const foldOnce = async (
  partition: number,
  arrivals: readonly Arrival[],
  loaded: LoadedDocuments,
  { before, patients, make }: Anew,
  ports: FoldPorts,
): Promise<readonly Projected[]> => {
  const { store, folds, now } = ports
  const plain =
    patients.size === 0
      ? arrivals
      : arrivals.filter(({ patient }) => !patients.has(numberKeyOf(patient)))
  const at = new Date(now())
  const known = { ...loaded, identity: ports.identity }
  const projected = pure(() => project(partition, plain, known, folds, at, before))
  const confidential = await propagateConfidentiality(projected, loaded.entries, store)
  const marked = await markDuplicateAllergies(confidential, loaded.entries, store)
  const made: Projected[] = []
  for (const patient of patients) made.push(...(await make(patient)))
  return [...marked, ...made]
}

const createdBy = ({ entries }: Projected): string[] =>
  entries.filter(({ version }) => version === 1).map(({ _id }) => _id)

/**
 * Loads, folds and saves a batch, retrying while another writer wins.
 *
 * @param chooseAnew  null: everything is folded on top of what is stored
 * @throws RefusedError if the store can never accept one of the documents
 * @throws Error if another writer kept winning
 */
export const foldBatch = async (
  partition: number,
  arrivals: readonly Arrival[],
  chooseAnew: ChooseAnew | null,
  ports: FoldPorts,
): Promise<readonly Projected[]> => {
  let created: string[] = []
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const known = await load(arrivals, created, ports)
    const anew = chooseAnew === null ? nothingAnew : await chooseAnew(arrivals, known)
    const routed = await routeByPerson(arrivals, known, anew.patients, ports.store)
    const loaded = routed === arrivals ? known : await load(routed, created, ports)
    const projected = await foldOnce(partition, routed, loaded, anew, ports)
    const saved = await save(projected, ports)
    if (saved !== null) return saved
    created = projected.flatMap(createdBy)
  }
  throw new Error(`another writer won ${maxAttempts} times`)
}

/** A fold that fails, so that every event of the patient is held. */
export const failWith = (cause: RefusedError | DefectError) => (): never => {
  throw cause
}
