import DataLoader from 'dataloader'
import { isAboutPatient } from '../errors.ts'
import type { Store } from './store.ts'

/**
 * Calls made in one turn of the event loop become one call: partitions read together share their
 * round trips.
 *
 * @param act  receives the items of all calls, in order; every caller gets its result
 */
export const gathering = <T, R>(
  act: (items: readonly T[]) => Promise<R>,
): ((items: readonly T[]) => Promise<R>) => {
  const loader = new DataLoader<readonly T[], R>(
    async (calls) => {
      const result = await act(calls.flat())
      return calls.map(() => result)
    },
    { cache: false, batchScheduleFn: setImmediate },
  )
  return (items) => loader.load(items)
}

type Wanted = Parameters<Store['load']>[0]

const merged = (all: readonly Wanted[]): Wanted => ({
  patients: all.flatMap(({ patients }) => patients),
  entries: all.flatMap(({ entries }) => entries),
  alone: all.flatMap(({ alone }) => alone),
  sharing: all.flatMap(({ sharing }) => sharing),
  projections: all.flatMap(({ projections }) => projections),
})

/**
 * A batch this large gets its own round trip: sharing would save nothing, and while the store works
 * for one partition another is folded.
 */
const large = 100

const unlessLarge =
  <T, R>(
    alone: (documents: readonly T[]) => Promise<R>,
    shared: (documents: readonly T[]) => Promise<R>,
  ) =>
  (documents: readonly T[]): Promise<R> =>
    documents.length >= large ? alone(documents) : shared(documents)

/**
 * Acts together; if that fails because of a document, each caller acts separately, so that none
 * fails because of another.
 */
const together = <T, R>(
  act: (items: readonly T[]) => Promise<R>,
): ((items: readonly T[]) => Promise<R>) => {
  const all = gathering(act)
  return (items) =>
    all(items).catch((cause: unknown) => {
      if (isAboutPatient(cause)) return act(items)
      throw cause
    })
}

/**
 * The same store for several partitions at once. No two of them share a document, so anything
 * loaded beyond a request is ignored; if one loses a race, all fold again, which changes nothing
 * for the others.
 */
export const batchedStore = (store: Store): Store => {
  const load = together((all: readonly Wanted[]) => store.load(merged(all)))
  return {
    ...store,
    load: (touched) => (touched.patients.length >= large ? store.load(touched) : load([touched])),
    saveEntries: unlessLarge(store.saveEntries, together(store.saveEntries)),
    saveHeads: unlessLarge(store.saveHeads, together(store.saveHeads)),
    saveProjections: unlessLarge(store.saveProjections, gathering(store.saveProjections)),
    hold: gathering(store.hold),
    inheritors: together(store.inheritors),
    allergies: together(store.allergies),
  }
}
