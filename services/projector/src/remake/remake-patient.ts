import { newHead } from '@tideway/record/demographics/head'
import { same } from '@tideway/record/entries/is-same'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { LaterGeneration } from '@tideway/schemas/documents/head-identity'
import type { Projection } from '@tideway/schemas/documents/ledger'
import { generationOf } from '@tideway/schemas/public-id'
import { projectionIdOf } from '../apply/arrival.ts'
import { foldBatch, type FoldPorts } from '../apply/fold-batch.ts'
import type { LoadedDocuments, Projected } from '../apply/project.ts'
import { unchanged } from '../apply/unchanged.ts'
import { isKnown, isRedelivered } from '../history/known-before.ts'
import { actOf } from '../history/acts.ts'
import { documentsOf, messageIn, messageOf } from '../history/told.ts'
import type { NumberDecision } from '../identity/decisions.ts'
import { conflictsOf, firstOfEach } from '../identity/identity-holds.ts'
import type { NumberHistory, PartOfBatch } from './number-history.ts'
import { type Judged, judgeHistory } from './judge-history.ts'

/** What a batch has of one patient, and what was told before it. */
type Wanted = PartOfBatch & {
  partition: number
  loaded: LoadedDocuments
  stored: Stored
  history: NumberHistory
  /** Decisions about the number, and messages that are his by them. */
  decisions: readonly NumberDecision[]
  accepted: ReadonlySet<string>
  /** Those who have the number after him. */
  later: readonly LaterGeneration[]
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

/** Of messages told before, those that are held from now on, beside what the batch itself holds. */
const identityOf = (
  patient: string,
  made: Projected,
  { contested, held, released }: Judged,
  { told, wrong, known, late }: NumberHistory,
): Projected['identity'] => ({
  held: [...firstOfEach(contested), ...made.identity.held],
  released,
  withdrawn: wrong,
  marked: [...new Set([...known, ...late].map(({ messageId }) => messageId))].flatMap((message) => {
    const one = told.get(projectionIdOf(message, patient))
    if (one === undefined) return []
    const isTurned = held.has(message) && one.pending === undefined
    const isMoved = (one.generation ?? 1) !== generationOf(patient)
    if (!isTurned && !isMoved) return []
    return documentsOfTold(patient, isTurned ? { ...one, pending: 'conflict' } : one)
  }),
  conflicts: conflictsOf(patient, [...contested, ...made.result.contested]),
})

/**
 * Makes the documents of one patient anew: everything that was told of him and is not withdrawn is
 * folded from the beginning, in memory and by the folds that made what is stored, and what came out
 * takes its place. So his record is what it would be if the other messages had never been sent,
 * whatever they said over.
 *
 * @throws RefusedError if an event of his history cannot be read
 */
export const remakePatient = async (wanted: Wanted, ports: FoldPorts): Promise<Projected> => {
  const { partition, patient, own, acts, loaded, before, stored, history } = wanted
  const { memory, inMemory, freed, judged } = await judgeHistory(
    { ...wanted, withdrawn: loaded.withdrawn ?? new Set() },
    history,
    ports,
  )
  const holding = stored.head?.incomplete ?? null
  if (holding !== null) {
    const head = memory.heads.get(patient) ?? { ...newHead(patient), version: 1 }
    memory.heads.set(patient, { ...head, incomplete: head.incomplete ?? holding })
  }
  const withdrawn = new Set([...history.withdrawn, ...(loaded.withdrawn ?? [])])
  const applied = new Map(loaded.applied)
  for (const message of judged.held) applied.delete(projectionIdOf(message, patient))
  memory.know({ applied, told: history.told, withdrawn })
  const now = [...history.late, ...freed, ...own.filter((arrival) => actOf(arrival) === null)]
  const [made = unchanged(patient)] = await foldBatch(
    partition,
    now,
    async () => ({ before, patients: new Set(), make: () => Promise.reject(new Error('anew')) }),
    inMemory,
  )

  if (wanted.later.length > 0) {
    const head = memory.heads.get(patient) ?? { ...newHead(patient), version: 1 }
    memory.heads.set(patient, { ...head, generations: [...wanted.later] })
  }
  const { head, headChanged, entries, removed } = differences(
    patient,
    stored,
    memory.heads.get(patient),
    memory.entries.values(),
  )
  const recorded = new Set(made.history.changed.map(({ _id }) => _id))
  const restored = new Set([...history.late, ...freed].map(({ messageId }) => messageId))
  const changed = [
    ...history.changed
      .filter(({ _id }) => !recorded.has(_id))
      .flatMap((one) => documentsOfTold(patient, one)),
    ...made.history.changed,
  ]
  const isRestored = (one: Projection): boolean => restored.has(messageIn(one))
  // Applied to documents made anew; what changed is seen against those stored.
  const appliedAnew = made.result.applied.map((one) => ({ ...one, changes: true }))
  return {
    ...made,
    result: { ...made.result, applied: appliedAnew },
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
    identity: identityOf(patient, made, judged, history),
  }
}
