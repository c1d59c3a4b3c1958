import { newHead } from '@tideway/record/demographics/head'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import type { Store } from '../store/store.ts'

export type Documents = {
  heads: Map<string, PatientHead>
  entries: Map<string, Entry>
  held?: HeldEvent[]
}

/** Called before each document is written or removed; throws as if the process were killed. */
type Tick = () => void

const saveAll = <T extends { _id: string; version: number }>(
  kept: Map<string, T>,
  documents: readonly T[],
  tick: Tick,
): number => {
  let lost = 0
  for (const document of documents) {
    tick()
    if ((kept.get(document._id)?.version ?? 0) === document.version - 1)
      kept.set(document._id, document)
    else lost += 1
  }
  return lost
}

/** A store in memory with the version guard of the real one. */
export const memoryStore = (
  { heads, entries, held = [] }: Documents,
  tick: Tick,
  loads: string[][],
) => {
  const at = <T>(kept: ReadonlyMap<string, T>, ids: readonly string[]) =>
    new Map(ids.flatMap((id) => (kept.has(id) ? [[id, kept.get(id) as T] as const] : [])))
  const store: Partial<Store> = {
    load: async (touched) => {
      loads.push(touched.entries)
      return {
        heads: at(heads, touched.patients),
        entries: new Map([
          ...at(entries, touched.entries),
          ...[...entries].filter(([id]) => touched.sharing.some((shared) => id.startsWith(shared))),
        ]),
        applied: new Map(),
        told: new Map(),
        withdrawn: new Set(),
      }
    },
    saveEntries: async (changed) => saveAll(entries, changed, tick),
    saveHeads: async (changed) => saveAll(heads, changed, tick),
    removeEntries: async (ids) => {
      for (const id of ids) {
        tick()
        entries.delete(id)
      }
    },
    markIncomplete: async (patient, incomplete) => {
      const head = heads.get(patient) ?? { ...newHead(patient), version: 0 }
      heads.set(patient, { ...head, version: head.version + 1, incomplete })
    },
    saveProjections: async () => undefined,
    saveTold: async () => undefined,
    hold: async (events) => held.push(...events),
    unhold: async () => undefined,
    saveConflicts: async () => undefined,
    allergies: async () => [],
    inheritors: async () => [],
    newest: async (patient, kind) =>
      [...entries.values()].filter((one) => one.patient === patient && one.kind === kind),
  }
  return store as Store
}
