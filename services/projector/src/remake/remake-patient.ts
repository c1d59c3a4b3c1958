import { newHead } from '@tideway/record/demographics/head'
import { same } from '@tideway/record/entries/is-same'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Projection } from '@tideway/schemas/documents/ledger'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from '../apply/arrival.ts'
import { foldBatch, type FoldPorts } from '../apply/fold-batch.ts'
import type { LoadedDocuments, Projected } from '../apply/project.ts'
import { unchanged } from '../apply/unchanged.ts'
import { isKnown, isRedelivered } from '../history/known-before.ts'
import { type Act, actOf } from '../history/acts.ts'
import { documentsOf, messageIn, messageOf } from '../history/told.ts'
import { arrivalsOf, retold } from './history-of.ts'
import { memoryStore } from './memory-store.ts'

/** Events folded at once. */
const batchEvents = 500

/** What a batch has of one patient. */
type Wanted = {
  partition: number
  patient: string
  own: readonly Arrival[]
  acts: readonly Act[]
  loaded: LoadedDocuments
  before: ReadonlyMap<Arrival, PatientEvent>
}

type Stored = { head: PatientHead | null; entries: readonly Entry[] }

/** What differs from the stored documents, with the versions that follow theirs. */
const differences = (
  patient: string,
  stored: Stored,
  made: PatientHead | undefined,
  entries: Iterable<Entry>,
) => {
  const before = new Map(stored.entries.map((entry) => [entry._id, entry]))
  const now = new Map([...entries].map((entry) => [entry._id, entry]))
  const version = (stored.head?.version ?? 0) + 1
  const wasThere = stored.head !== null && stored.head.gone !== true
  const head: PatientHead = { ...(made ?? { ...newHead(patient), gone: true }), version }
  return {
    head,
    headChanged: (made !== undefined || wasThere) && !same(head, stored.head, 'version'),
    entries: [...now.values()]
      .filter((entry) => !same(entry, before.get(entry._id), 'version'))
      .map((entry) => ({ ...entry, version: (before.get(entry._id)?.version ?? 0) + 1 })),
    removed: stored.entries.filter(({ _id }) => !now.has(_id)),
  }
}

const documentsOfTold = (patient: string, projection: Projection): Projection[] =>
  documentsOf(
    {
      patient,
      message: messageOf(projection),
      received: projection.received,
      projectedAt: projection.projectedAt,
      decidedAt: projection.decidedAt,
      pending: projection.pending ?? null,
    },
    projection.told ?? [],
  )

/** What messages told before the batch, as it counts now. */
const historyOf = async ({ patient, acts, before }: Wanted, ports: FoldPorts) => {
  const stored = await ports.store.everythingOf(patient)
  const ids = stored.told.map(({ _id }) => _id)
  const withdrawn = new Set(await ports.store.withdrawnAmong(ids))
  const changed = [...before.keys()].filter((arrival) => arrival.patient === patient)
  const told = stored.told.map((one) => retold(one, acts, changed))
  const counting = told.filter((one) => !withdrawn.has(messageOf(one)))
  return {
    stored,
    changed: told.filter((one, index) => one !== stored.told[index]),
    told: new Map(told.map((one) => [one._id, one])),
    withdrawn,
    /** Told and announced before. */
    known: await arrivalsOf(
      counting.filter(({ pending }) => pending !== 'withdrawn'),
      ports.decode,
    ),
    /** Restored, and never announced: they came while their message was withdrawn. */
    late: await arrivalsOf(
      counting.filter(({ pending }) => pending === 'withdrawn'),
      ports.decode,
    ),
  }
}

/**
 * Makes the documents of one patient anew: everything that was told of him and is not withdrawn is
 * folded from the beginning, in memory and by the folds that made what is stored, and what came out
 * takes its place. So his record is what it would be if the other messages had never been sent,
 * whatever they said over.
 *
 * @throws RefusedError if an event of his history cannot be read
 */
export const remakePatient = async (wanted: Wanted, ports: FoldPorts): Promise<Projected> => {
  const { partition, patient, own, acts, loaded, before } = wanted
  const history = await historyOf(wanted, ports)
  const { stored } = history
  const memory = memoryStore(ports.store.held)
  const inMemory = { ...ports, store: memory.store, onLostRaces: () => undefined }
  for (let from = 0; from < history.known.length; from += batchEvents)
    await foldBatch(partition, history.known.slice(from, from + batchEvents), null, inMemory)

  const holding = stored.head?.incomplete ?? null
  if (holding !== null) {
    const head = memory.heads.get(patient) ?? { ...newHead(patient), version: 1 }
    memory.heads.set(patient, { ...head, incomplete: head.incomplete ?? holding })
  }
  const withdrawn = new Set([...history.withdrawn, ...(loaded.withdrawn ?? [])])
  memory.know({ applied: loaded.applied, told: history.told, withdrawn })
  const now = [...history.late, ...own.filter((arrival) => actOf(arrival) === null)]
  const [made = unchanged(patient)] = await foldBatch(
    partition,
    now,
    async () => ({ before, patients: new Set(), make: () => Promise.reject(new Error('anew')) }),
    inMemory,
  )

  const { head, headChanged, entries, removed } = differences(
    patient,
    stored,
    memory.heads.get(patient),
    memory.entries.values(),
  )
  const recorded = new Set(made.history.changed.map(({ _id }) => _id))
  const restored = new Set(history.late.map(({ messageId }) => messageId))
  const changed = [
    ...history.changed
      .filter(({ _id }) => !recorded.has(_id))
      .flatMap((one) => documentsOfTold(patient, one)),
    ...made.history.changed,
  ]
  const isRestored = (one: Projection): boolean => restored.has(messageIn(one))
  // Applied to documents made anew; what changed is seen against those stored.
  const applied = made.result.applied.map((one) => ({ ...one, changes: true }))
  return {
    ...made,
    result: { ...made.result, applied },
    head,
    headChanged,
    entries,
    removed,
    first: new Set(),
    dissolved: removed.map(({ _id }) => _id),
    followers: [],
    uncertain: [],
    hold: memory.holds,
    acts,
    known: new Set(own.filter(isKnown(loaded))),
    redelivered: new Set(own.filter(isRedelivered(loaded))),
    history: {
      pending: made.history.pending,
      changed: changed.filter((one) => !isRestored(one)),
    },
    announced: changed.filter(isRestored),
  }
}
