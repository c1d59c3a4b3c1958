import { LRUCache } from 'lru-cache'
import type { PatientEvent, RecordChanged } from '@tideway/schemas/events.generated'
import type { StoredPerson } from '@tideway/schemas/documents/identity'
import type { Candidates } from '../match/candidates.ts'
import { unheard, withHead } from '../match/take-heads.ts'
import { withEdges } from '../match/with-edges.ts'
import { type Evaluated, evaluate } from '../persons/evaluate.ts'
import type { HeadReader } from '../store/heads-store.ts'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import { type FactChange, factChangeOf, mentionsOf, withFactChange } from './facts.ts'

export type ConsiderPorts = {
  store: IdentityStore
  heads: HeadReader['heads']
  candidates: (changed: readonly KnownPatient[]) => Promise<Candidates>
  publish: (persons: readonly StoredPerson[]) => Promise<void>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  onLostRace: () => void
  onChanged: (patients: number) => void
  onEvaluated: (evaluated: Evaluated) => void
}

const attempts = 8
/** Patients remembered that were considered. */
const rememberedKept = 200_000

/** Messages of the events that say something about identity. */
const messagesOf = (events: readonly PatientEvent[]): string[] => [
  ...new Set(
    events.filter((event) => factChangeOf(event) !== null).map(({ messageId }) => messageId),
  ),
]

/** Whether a change may be one of what the record says of the patient himself. */
const isOfPatient = ({ changes }: RecordChanged): boolean =>
  changes.length === 0 || changes.some(({ kind }) => kind === 'patient')

const saved = (one: KnownPatient): KnownPatient => ({
  ...one,
  due: true,
  version: one.version + 1,
})

/**
 * Considers what the log says, a batch at a time: keeps traits, edges and facts of source patients,
 * then makes the persons that follow. What is interrupted is marked, and made up for at the start.
 */
export const considerer = (ports: ConsiderPorts) => {
  const { store, heads, candidates, now, onLostRace } = ports
  /** Receive time of the first statement of a patient, milliseconds. */
  const heard = new LRUCache<string, number>({ max: rememberedKept })
  /** Patients whose record was read: a change of its entries alone is none of their traits. */
  const read = new LRUCache<string, true>({ max: rememberedKept })

  const evaluateAll = async (keys: readonly string[], messages: readonly string[]) => {
    if (keys.length > 0) ports.onEvaluated(await evaluate(keys, messages, ports))
  }

  /** @returns keys of those saved; null if another process changed one of them first */
  const saveAll = async (changed: readonly KnownPatient[]): Promise<string[] | null> =>
    (await store.save(changed.map(saved))) > 0 ? null : changed.map(({ _id }) => _id)

  const takeHeads = async (keys: readonly string[]): Promise<string[] | null> => {
    const [known, found] = await Promise.all([store.load(keys), heads(keys)])
    const changed = [...found.values()].flatMap((head) => {
      const before = known.get(head._id)
      const after = withHead(before, head, now())
      return after === before ? [] : [after]
    })
    const done = await saveAll(await withEdges(changed, { store, candidates }))
    if (done === null) return null
    for (const key of found.keys()) read.set(key, true)
    if (changed.length > 0) ports.onChanged(changed.length)
    return done
  }

  const takeFacts = async (
    changes: readonly FactChange[],
    first: ReadonlyMap<string, number>,
  ): Promise<string[] | null> => {
    const keys = new Set([...changes.map(({ patient }) => patient), ...first.keys()])
    const known = await store.load([...keys])
    const byPatient = Map.groupBy(changes, ({ patient }) => patient)
    const changed = [...keys].flatMap((key) => {
      const before = known.get(key)
      const its = byPatient.get(key) ?? []
      const received = first.get(key)
      const states = its.some((change) => 'fact' in change)
      if (before === undefined && received === undefined && !states) return []
      const start = before ?? unheard(key, new Date(received ?? now()))
      const facts = its.reduce(withFactChange, start.facts as ReturnType<typeof withFactChange>)
      const isEarlier = received !== undefined && received < start.firstHeard.getTime()
      if (before !== undefined && facts === before.facts && !isEarlier) return []
      return [
        {
          ...start,
          facts: [...facts],
          mentions: mentionsOf(key, facts),
          ...(isEarlier ? { firstHeard: new Date(received) } : {}),
        },
      ]
    })
    const done = await saveAll(changed)
    if (done !== null)
      for (const [key, at] of first)
        heard.set(key, Math.min(at, known.get(key)?.firstHeard.getTime() ?? at))
    return done
  }

  const untilSaved = async (take: () => Promise<string[] | null>): Promise<string[]> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const keys = await take()
      if (keys !== null) return keys
      onLostRace()
    }
    throw new Error('another process writes the same patients')
  }

  return {
    /** Patients whose records changed. */
    async changes(values: readonly RecordChanged[]): Promise<void> {
      const news = values.filter((value) => isOfPatient(value) || !read.has(value.patientKey))
      const keys = [...new Set(news.map(({ patientKey }) => patientKey))]
      if (keys.length === 0) return
      const due = await untilSaved(() => takeHeads(keys))
      await evaluateAll(due, [...new Set(news.flatMap(({ messages }) => messages))])
    },

    /** Events of patients, of which those about identity count. */
    async events(values: readonly PatientEvent[]): Promise<void> {
      const changes = values.flatMap((event) => factChangeOf(event) ?? [])
      const first = new Map<string, number>()
      for (const { patientKey, receivedAt, source } of values) {
        const at = Math.floor(receivedAt / 1000)
        const known = Math.min(heard.get(patientKey) ?? Infinity, first.get(patientKey) ?? Infinity)
        if (source !== 'tideway' && at < known) first.set(patientKey, at)
      }
      if (changes.length === 0 && first.size === 0) return
      const due = await untilSaved(() => takeFacts(changes, first))
      await evaluateAll(due, messagesOf(values))
    },

    /** Patients by key, whether or not the log says that they changed. */
    async patients(keys: readonly string[]): Promise<void> {
      await evaluateAll(await untilSaved(() => takeHeads(keys)), [])
    },

    /** Makes up for what was interrupted. */
    async resume(): Promise<void> {
      for (;;) {
        const keys = await store.due(500)
        if (keys.length === 0) break
        await evaluateAll(keys, [])
      }
      for (;;) {
        const persons = await store.unpublished(500)
        if (persons.length === 0) return
        await ports.publish(persons)
        await store.published(persons)
      }
    },
  }
}

export type Considerer = ReturnType<typeof considerer>
