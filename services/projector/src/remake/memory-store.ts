import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import { endOfShared } from '@tideway/record/entries/matching/shared-number'
import type { LoadedDocuments } from '../apply/project.ts'
import { inSectionOrder, withLine } from '../store/newest-entries.ts'
import type { Store } from '../store/store.ts'

type Versioned = { _id: string; version: number }

const save = <T extends Versioned>(kept: Map<string, T>, documents: readonly T[]): number => {
  let lost = 0
  for (const document of documents) {
    if ((kept.get(document._id)?.version ?? 0) === document.version - 1)
      kept.set(document._id, document)
    else lost += 1
  }
  return lost
}

const among = <T>(kept: ReadonlyMap<string, T>, ids: readonly string[]): Map<string, T> =>
  new Map(
    ids.flatMap((id) => {
      const found = kept.get(id)
      return found === undefined ? [] : [[id, found] as const]
    }),
  )

const refuse = (): never => {
  throw new Error('not a question for the documents of one patient')
}

/** What is known of messages while documents are made anew. */
type KnownMessages = Required<Pick<LoadedDocuments, 'applied' | 'told' | 'withdrawn'>>

/**
 * The documents of one patient in memory, empty at first: his record is made in it by the same
 * folds, and read by no one until it takes the place of what is stored.
 *
 * @param held  his held events, as stored
 */
export const memoryStore = (held: Store['held']) => {
  const heads = new Map<string, PatientHead>()
  const entries = new Map<string, Entry>()
  const holds: HeldEvent[] = []
  let known: KnownMessages = { applied: new Map(), told: new Map(), withdrawn: new Set() }
  const where = (isWanted: (entry: Entry) => boolean): Entry[] =>
    [...entries.values()].filter(isWanted)

  const store: Store = {
    load: async (touched) => ({
      heads: among(heads, touched.patients),
      entries: new Map([
        ...among(entries, touched.entries),
        ...where(
          ({ _id, chunkOf, holds: alone = [] }) =>
            touched.alone.some((id) => alone.includes(id)) ||
            (chunkOf === undefined &&
              touched.sharing.some((shared) => _id >= shared && _id < endOfShared(shared))),
        ).map((entry) => [entry._id, entry] as const),
      ]),
      applied: new Map(known.applied),
      told: new Map(known.told),
      withdrawn: new Set(known.withdrawn),
    }),
    saveEntries: async (changed) => save(entries, changed),
    saveHeads: async (changed) => save(heads, changed),
    removeEntries: async (ids) => {
      for (const id of ids) entries.delete(id)
    },
    newest: async (_, kind) =>
      withLine(kind, where((entry) => entry.kind === kind).toSorted(inSectionOrder)),
    inheritors: async (of) => {
      const ids = new Set(of.map(({ documentId }) => documentId))
      return where(
        ({ data }) =>
          data.kind === 'document' && (ids.has(data.replaces ?? '') || ids.has(data.addsTo ?? '')),
      )
    },
    allergies: async () => where(({ kind }) => kind === 'allergy'),
    held,
    hold: async (events) => holds.push(...events),
    saveProjections: async () => undefined,
    saveTold: async () => undefined,
    saveConflicts: async () => undefined,
    unhold: refuse,
    heldPatients: refuse,
    markIncomplete: refuse,
    projected: refuse,
    withdrawnAmong: refuse,
    everythingOf: refuse,
    hasWholeHistory: refuse,
    saveWithdrawals: refuse,
  }
  return {
    store,
    heads,
    entries,
    holds,
    /** Says what is known of messages from now on. */
    know: (messages: KnownMessages): void => {
      known = messages
    },
  }
}
