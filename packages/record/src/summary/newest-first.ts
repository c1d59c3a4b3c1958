/**
 * Order of a section and of summary lines: clinical time, newest first; the id breaks ties, so that
 * the order never depends on which was read first.
 *
 * @param idOf  the entry's `_id`
 */
export const newestFirst =
  <T extends { sortAt: Date }>(idOf: (item: T) => string) =>
  (a: T, b: T): number => {
    const [idA, idB] = [idOf(a), idOf(b)]
    return b.sortAt.getTime() - a.sortAt.getTime() || (idA < idB ? -1 : Number(idA > idB))
  }
