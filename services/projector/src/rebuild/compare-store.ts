import type { Collections } from '@tideway/mongo/collections'
import type { Collection, Document } from 'mongodb'
import { countPair, differingPaths, type KindDifferences, noDifferences } from './compare.ts'

/** By kind of document: `patient`, or the kind of an entry. */
export type Differences = Map<string, KindDifferences>

type Stored = Document & { _id: string }
type Pair = { before: Stored | null; after: Stored | null }

/** Differing documents that are looked at again; beyond these, all count as differing. */
const lookedAtAgain = 100_000
const lookAgainAtOnce = 500

/** Documents of two collections side by side, in the order of their `_id`. */
async function* pairs(
  before: Collection<Document>,
  after: Collection<Document>,
): AsyncGenerator<Pair> {
  const inOrder = (of: Collection<Document>) =>
    of.find().sort({ _id: 1 })[Symbol.asyncIterator]() as AsyncIterator<Stored>
  const [left, right] = [inOrder(before), inOrder(after)]
  let [a, b] = await Promise.all([left.next(), right.next()])
  while (a.done !== true || b.done !== true) {
    const isLeft = b.done === true || (a.done !== true && a.value._id <= b.value._id)
    const isRight = a.done === true || (b.done !== true && b.value._id <= a.value._id)
    yield { before: isLeft ? a.value : null, after: isRight ? b.value : null }
    if (isLeft) a = await left.next()
    if (isRight) b = await right.next()
  }
}

const differs = ({ before, after }: Pair): boolean =>
  before === null || after === null || differingPaths(before, after).length > 0

const kindOf = ({ before, after }: Pair): string =>
  ((before ?? after)?.['kind'] as string | undefined) ?? 'patient'

/** Reads pairs again by their `_id`. */
const again = async (
  ids: readonly string[],
  before: Collection<Document>,
  after: Collection<Document>,
): Promise<Pair[]> => {
  const read = async (of: Collection<Document>) =>
    new Map(
      (await of.find({ _id: { $in: ids as never[] } }).toArray()).map((found) => [
        String(found._id),
        found as unknown as Stored,
      ]),
    )
  const [left, right] = await Promise.all([read(before), read(after)])
  return ids
    .map((id) => ({ before: left.get(id) ?? null, after: right.get(id) ?? null }))
    .filter((pair) => pair.before !== null || pair.after !== null)
}

const compare = async (
  before: Collection<Document>,
  after: Collection<Document>,
  differences: Differences,
): Promise<void> => {
  const count = (pair: Pair) => {
    const kind = kindOf(pair)
    const counts = differences.get(kind) ?? noDifferences()
    differences.set(kind, counts)
    countPair(counts, pair.before, pair.after)
  }
  const doubtful: string[] = []
  for await (const pair of pairs(before, after))
    if (doubtful.length < lookedAtAgain && differs(pair))
      doubtful.push((pair.before ?? pair.after)?._id ?? '')
    else count(pair)
  for (let from = 0; from < doubtful.length; from += lookAgainAtOnce)
    for (const pair of await again(doubtful.slice(from, from + lookAgainAtOnce), before, after))
      count(pair)
}

/**
 * Compares the documents of two generations. Both may still grow, so what differs is looked at
 * again at the end, when one has caught up with the other.
 */
export const compareGenerations = async (
  before: Collections,
  after: Collections,
): Promise<Differences> => {
  const differences: Differences = new Map()
  for (const name of ['patients', 'entries'] as const)
    await compare(
      before[name] as unknown as Collection<Document>,
      after[name] as unknown as Collection<Document>,
      differences,
    )
  return differences
}
