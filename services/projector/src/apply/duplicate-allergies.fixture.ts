import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { AllergyReported, PatientEvent } from '@tideway/schemas/events.generated'
import { arrivalsOfEvents } from './arrival.fixture.ts'
import { folds } from './apply-events.ts'
import { allergyIn } from '@tideway/record/entries/matching/match-deletion'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { patient } from '@tideway/record/entries/histories.fixture'
import { type LoadedDocuments, type Projected, project } from './project.ts'
import { markDuplicateAllergies } from './duplicate-allergies.ts'

type Saved = { stored: Map<string, Entry>; heads: Map<string, PatientHead> }

/** @param ends  whether it does not crash after its entries are saved */
const save = (
  { entries, followers, head, uncertain, dissolved }: Projected,
  { stored, heads }: Saved,
  ends: boolean,
): void => {
  for (const entry of [...followers, ...entries]) stored.set(entry._id, entry)
  if (!ends) return
  for (const id of dissolved) stored.delete(id)
  heads.set(
    patient,
    uncertain.includes('allergy') ? withLinesAnew(head, 'allergy', [...stored.values()]) : head,
  )
}

/**
 * Allergies as a reader sees them after these events, in batches of this size; each batch loads
 * only the documents it touches.
 *
 * @param crashing  whether each batch first crashes after its entries are saved, and is redelivered
 */
export const seenAfter = async (
  events: readonly PatientEvent[],
  batch: number,
  crashing = false,
) => {
  const stored = new Map<string, Entry>()
  const heads = new Map<string, PatientHead>()
  const batches = Array.from(
    { length: Math.ceil(events.length / batch) },
    (_, n) => n * batch,
  ).flatMap((from) =>
    crashing
      ? [
          { from, ends: false },
          { from, ends: true },
        ]
      : [{ from, ends: true }],
  )
  for (const { from, ends } of batches) {
    const arrivals = arrivalsOfEvents(events.slice(from, from + batch), from, patient)
    const ids = arrivals.map(
      ({ event: { body } }) => `${patient}|allergy|${(body as AllergyReported).allergyId}`,
    )
    const loaded: LoadedDocuments = {
      heads,
      entries: new Map(
        [...stored].filter(([id]) => ids.some((one) => id === one || id.startsWith(`${one} @`))),
      ),
      applied: new Map(),
      held: new Map(),
    }
    const projected = await markDuplicateAllergies(
      project(0, arrivals, loaded, folds, new Date(0)),
      loaded.entries,
      { allergies: async () => [...stored.values()] },
    )
    for (const one of projected) save(one, { stored, heads }, ends)
  }
  const entries = [...stored.values()].toSorted((a, b) => (a._id < b._id ? -1 : 1))
  return {
    allergies: Object.fromEntries(
      entries.map((entry) => [
        entry._id.slice(`${patient}|allergy|`.length),
        [allergyIn(entry)?.status, allergyIn(entry)?.sameAs] as const,
      ]),
    ),
    lines: heads
      .get(patient)
      ?.allergies.map(({ entry }) => entry.slice(`${patient}|allergy|`.length))
      .toSorted(),
  }
}
