import type { ArchiveObject } from '@tideway/schemas/documents/ledger'

type Place = { _id: string; partition: number; offset: number }
type Seek = (partition: number, offset: number) => Promise<ArchiveObject | null>

/** Searches under way at once in a partition: enough to hide the round trip. */
const atOnce = 8
/** Messages within so many offsets of each other are most likely in one object. */
const near = 64

const covers = ({ first, last }: ArchiveObject, offset: number) => first <= offset && offset <= last

/**
 * Every nth of a list, so that one round of searches is spread over it and what they find covers
 * their neighbours.
 */
const spread = <T>(items: readonly T[], count: number): T[] => {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, index) => index % step === 0).slice(0, count)
}

/** The first of each run of messages that lie together. */
const firstOfRuns = (places: readonly Place[]): Place[] => {
  let last = Number.POSITIVE_INFINITY
  return places.filter(({ offset }) => {
    const isFirst = last - offset > near
    if (isFirst) last = offset
    return isFirst
  })
}

const coverPartition = async (
  places: readonly Place[],
  seek: Seek,
): Promise<[string, ArchiveObject][]> => {
  const covered: [string, ArchiveObject][] = []
  let left = places.toSorted((a, b) => b.offset - a.offset)
  while (left.length > 0) {
    const sought = spread(firstOfRuns(left), atOnce)
    const found = await Promise.all(sought.map(({ partition, offset }) => seek(partition, offset)))
    const objects = found.filter((object) => object !== null)
    for (const place of left) {
      const object = objects.find((candidate) => covers(candidate, place.offset))
      if (object !== undefined) covered.push([place._id, object])
    }
    const settled = new Set([...covered.map(([id]) => id), ...sought.map(({ _id }) => _id)])
    left = left.filter(({ _id }) => !settled.has(_id))
  }
  return covered
}

/**
 * The archive object that covers each message, by message id, with one search for each object
 * rather than for each message: a patient's messages come in bursts and so lie together. What no
 * object covers is not archived yet and is left out.
 *
 * @param seek  the object of a partition with the greatest first offset that is not after the one
 *   given
 */
export const coverOffsets = async (
  places: readonly Place[],
  seek: Seek,
): Promise<Map<string, ArchiveObject>> => {
  const partitions = Map.groupBy(places, ({ partition }) => partition)
  const found = await Promise.all(
    [...partitions.values()].map((those) => coverPartition(those, seek)),
  )
  return new Map(found.flat())
}
